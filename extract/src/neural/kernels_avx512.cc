// Kernels for x86-64 with AVX-512; compiled with those flags, called only where the processor has them.
#include "neural/kernels.h"

#if defined(__AVX512F__)
#define WHOWHOM_SET avx512
#define WHOWHOM_SET_NAME "avx512"
#define WHOWHOM_WIDTH 16
#define WHOWHOM_TILE_ROWS 12
#define WHOWHOM_TILE_VECTORS 2
#include "neural/kernels_body.inc"
#endif
