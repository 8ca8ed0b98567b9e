#pragma once
// The only header that binding/ includes.
#include "autograd/engine.h"
#include "autograd/grad_mode.h"
#include "autograd/grad_ops.h"
#include "autograd/variable.h"
#include "core/allocator.h"
#include "core/generator.h"
#include "core/tensor.h"
#include "kernels/tables.h"
#include "ops/descriptor.h"
#include "ops/ops.h"
#include "parallel/parallel.h"
