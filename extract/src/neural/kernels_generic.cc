// Kernels for any processor.
#include "neural/kernels.h"

#define WHOWHOM_SET generic
#define WHOWHOM_SET_NAME "generic"
#define WHOWHOM_WIDTH 4
#define WHOWHOM_TILE_ROWS 4
#define WHOWHOM_TILE_VECTORS 2
#include "neural/kernels_body.inc"
