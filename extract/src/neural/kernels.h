// Numeric kernels with run-time dispatch on the instruction set.
//
// Determinism: every output element is one fused chain over k = 0..depth-1, so it depends neither on the
// number of rows in a call nor on its row's position: batching cannot change a result. AVX-512 and AVX2 round
// alike; the generic kernels multiply and add in two roundings and may differ from them in the last bits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace whowhom::extract::neural {

// Columns of a packed weight panel.
inline constexpr size_t kPanel = 32;

// C = A W + bias. A: rows x depth with stride `a_stride`. W: panels of kPanel columns, each depth x kPanel
// (columns beyond `cols` are zero padding that is computed too). C: rows x padded columns with stride
// `c_stride`; bias padded too.
struct GemmCall {
  const float* a;
  size_t a_stride;
  const float* panels;
  const float* bias;  // null = 0
  float* c;
  size_t c_stride;
  size_t rows;
  size_t depth;
  size_t padded_cols;  // multiple of kPanel
  bool accumulate;     // start from C instead of the bias
};

struct Kernels {
  const char* name;
  void (*gemm)(const GemmCall& call);
  // LSTM cell over rows: gates (i, f, g, o; each `hidden` wide, hidden a multiple of 16), cell state in
  // place, output.
  void (*lstm_cell)(const float* gates, size_t gates_stride, float* cell, float* out, size_t out_stride,
                    size_t rows, size_t hidden);
  // x = max(x, 0.1 x), count a multiple of 16.
  void (*leaky)(float* x, size_t count);
  // out += factor * row, 8-bit rows of `dim` (any) columns.
  void (*add_row)(const int8_t* row, float factor, float* out, size_t dim);
};

enum class InstructionSet : uint8_t { kGeneric, kAvx2, kAvx512 };

// The kernels for a set, or null where the processor or the build lacks it.
const Kernels* KernelsFor(InstructionSet set);
// The widest set that this processor has.
const Kernels& BestKernels();
// "best", "avx512", "avx2" or "generic"; null if unknown or not there.
const Kernels* KernelsByName(const char* name);

}  // namespace whowhom::extract::neural
