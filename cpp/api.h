#pragma once
// The only header that binding/ includes.
#include "autograd/engine.h"
#include "autograd/grad_mode.h"
#include "autograd/variable.h"
#include "core/allocator.h"
#include "core/tensor.h"
#include "ops/ops.h"
