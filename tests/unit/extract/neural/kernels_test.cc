// Every instruction set computes the same, and no row depends on its neighbours.
#include "neural/kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace whowhom::extract::neural {
namespace {

std::vector<float> Random(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random() % 2001) / 1000.0f - 1.0f;
  return values;
}

std::vector<const Kernels*> Available() {
  std::vector<const Kernels*> sets;
  for (InstructionSet set : {InstructionSet::kGeneric, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
    if (const Kernels* kernels = KernelsFor(set); kernels != nullptr) sets.push_back(kernels);
  }
  return sets;
}

struct Product {
  size_t rows, depth, cols;
  std::vector<float> a, panels, bias;
  explicit Product(size_t r, size_t d, size_t c)
      : rows(r), depth(d), cols(c), a(Random(r * d, 1)), panels(Random(d * c, 2)), bias(Random(c, 3)) {}
  std::vector<float> Run(const Kernels& kernels, size_t first, size_t count) const {
    std::vector<float> out(count * cols, -1.0f);
    kernels.gemm({a.data() + first * depth, depth, panels.data(), bias.data(), out.data(), cols, count, depth,
                  cols, false});
    return out;
  }
};

TEST(Kernels, TheGenericSetIsAlwaysThere) {
  EXPECT_NE(KernelsFor(InstructionSet::kGeneric), nullptr);
  EXPECT_EQ(std::string(BestKernels().name), Available().back()->name);
}

TEST(Kernels, MultiplyLikeTheDefinition) {
  Product product(29, 37, 64);
  for (const Kernels* kernels : Available()) {
    std::vector<float> out = product.Run(*kernels, 0, product.rows);
    for (size_t r = 0; r < product.rows; ++r) {
      for (size_t c = 0; c < product.cols; ++c) {
        double sum = product.bias[c];
        for (size_t k = 0; k < product.depth; ++k) {
          sum += static_cast<double>(product.a[r * product.depth + k]) *
                 product.panels[c / kPanel * kPanel * product.depth + k * kPanel + c % kPanel];
        }
        ASSERT_NEAR(out[r * product.cols + c], sum, 1e-4) << kernels->name;
      }
    }
  }
}

TEST(Kernels, ARowDoesNotDependOnTheOthers) {
  Product product(131, 53, 96);
  for (const Kernels* kernels : Available()) {
    std::vector<float> all = product.Run(*kernels, 0, product.rows);
    for (size_t first : {size_t{0}, size_t{5}, size_t{100}, size_t{130}}) {
      for (size_t count = 1; count <= 14 && first + count <= product.rows; ++count) {
        std::vector<float> part = product.Run(*kernels, first, count);
        std::vector<float> same(all.begin() + static_cast<std::ptrdiff_t>(first * product.cols),
                                all.begin() + static_cast<std::ptrdiff_t>((first + count) * product.cols));
        ASSERT_EQ(part, same) << kernels->name << " " << first << " " << count;
      }
    }
  }
}

TEST(Kernels, AccumulateOntoWhatIsThere) {
  Product product(3, 8, 32);
  for (const Kernels* kernels : Available()) {
    std::vector<float> out(product.rows * product.cols, 0.0f);
    kernels->gemm({product.a.data(), product.depth, product.panels.data(), product.bias.data(), out.data(),
                   product.cols, 1, product.depth, product.cols, false});
    std::vector<float> once = out;
    kernels->gemm({product.a.data(), product.depth, product.panels.data(), nullptr, out.data(), product.cols,
                   1, product.depth, product.cols, true});
    for (size_t c = 0; c < product.cols; ++c) EXPECT_NEAR(out[c], 2 * once[c] - product.bias[c], 1e-5);
  }
}

TEST(Kernels, Avx2AndAvx512AgreeToTheBit) {
  const Kernels* narrow = KernelsFor(InstructionSet::kAvx2);
  const Kernels* wide = KernelsFor(InstructionSet::kAvx512);
  if (narrow == nullptr || wide == nullptr) GTEST_SKIP() << "this processor lacks one of the sets";
  Product product(50, 160, 96);
  EXPECT_EQ(product.Run(*narrow, 0, 50), product.Run(*wide, 0, 50));
  std::vector<float> gates = Random(4 * 32 * 3, 7);
  std::vector<float> cell_narrow = Random(32 * 3, 8);
  std::vector<float> cell_wide = cell_narrow;
  std::vector<float> out_narrow(32 * 3);
  std::vector<float> out_wide(32 * 3);
  narrow->lstm_cell(gates.data(), 128, cell_narrow.data(), out_narrow.data(), 32, 3, 32);
  wide->lstm_cell(gates.data(), 128, cell_wide.data(), out_wide.data(), 32, 3, 32);
  EXPECT_EQ(out_narrow, out_wide);
  EXPECT_EQ(cell_narrow, cell_wide);
}

TEST(Kernels, TheLstmCellFollowsItsEquations) {
  const size_t hidden = 16;
  std::vector<float> gates = Random(4 * hidden, 4);
  for (float& gate : gates) gate *= 30.0f;  // far into saturation on both sides
  for (const Kernels* kernels : Available()) {
    std::vector<float> cell = Random(hidden, 5);
    std::vector<float> before = cell;
    std::vector<float> out(hidden);
    kernels->lstm_cell(gates.data(), 4 * hidden, cell.data(), out.data(), hidden, 1, hidden);
    auto sigmoid = [](double x) { return 1.0 / (1.0 + std::exp(-x)); };
    for (size_t i = 0; i < hidden; ++i) {
      double state =
          sigmoid(gates[hidden + i]) * before[i] + sigmoid(gates[i]) * std::tanh(gates[2 * hidden + i]);
      EXPECT_NEAR(cell[i], state, 1e-5) << kernels->name;
      EXPECT_NEAR(out[i], sigmoid(gates[3 * hidden + i]) * std::tanh(state), 1e-5) << kernels->name;
    }
  }
}

TEST(Kernels, LeakyKeepsATenthBelowZero) {
  for (const Kernels* kernels : Available()) {
    std::vector<float> x(16, -2.0f);
    x[3] = 5.0f;
    kernels->leaky(x.data(), x.size());
    EXPECT_FLOAT_EQ(x[0], -0.2f);
    EXPECT_FLOAT_EQ(x[3], 5.0f);
  }
}

TEST(Kernels, AddRowScalesBytes) {
  const int8_t row[5] = {-127, 0, 1, 2, 127};
  for (const Kernels* kernels : Available()) {
    std::vector<float> out(6, 1.0f);
    kernels->add_row(row, 0.5f, out.data(), 5);
    EXPECT_FLOAT_EQ(out[0], -62.5f);
    EXPECT_FLOAT_EQ(out[4], 64.5f);
    EXPECT_FLOAT_EQ(out[5], 1.0f);
  }
}

}  // namespace
}  // namespace whowhom::extract::neural
