#pragma once
// The only header that binding/ includes.
#include "autograd/engine.h"
#include "autograd/grad_mode.h"
#include "autograd/variable.h"
#include "core/allocator.h"
#include "core/tensor.h"
#include "ops/ops.h"
#include "core/generator.h"
#include "ops/descriptor.h"
#include "parallel/parallel.h"
