// Kernels for x86-64 with AVX2 and FMA; compiled with those flags, called only where the processor has them.
#include "neural/kernels.h"

#if defined(__AVX2__) && defined(__FMA__)
#define WHOWHOM_SET avx2
#define WHOWHOM_SET_NAME "avx2"
#define WHOWHOM_WIDTH 8
#define WHOWHOM_TILE_ROWS 6
#define WHOWHOM_TILE_VECTORS 2
#include "neural/kernels_body.inc"
#endif
