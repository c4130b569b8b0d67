// SPDX-License-Identifier: GPL-3.0-or-later
// Which instruction sets the kernels are compiled for; include before any Highway header.
#pragma once

// SSSE3 and AVX3_DL add nothing to fp32 kernels over SSE2/SSE4 and AVX3; vectors whose length is
// not known at compile time cannot be kept in the arrays that hold a register tile.
#define HWY_DISABLED_TARGETS                                                                       \
    (HWY_SSSE3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
