// SPDX-License-Identifier: Apache-2.0
// Inner loops that wide vectors make faster. Every function gives the same bits on every processor.

#ifndef CLEW_VECTOR_KERNELS_H
#define CLEW_VECTOR_KERNELS_H

#include "brandes.h"
#include "fetch.h"
#include "reach.h"

#endif
