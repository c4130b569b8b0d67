// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/reference.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace headroom::kernels::reference {
namespace {

double dot_column(const float* x, const PackedMatrix& weight, std::int64_t column,
                  const float* bias) {
    double sum = bias != nullptr ? static_cast<double>(bias[column]) : 0.0;
    for (std::int64_t k = 0; k < weight.in; ++k) {
        sum += static_cast<double>(x[k]) * static_cast<double>(weight.get(k, column));
    }
    return sum;
}

} // namespace

void multiply(const float* x, std::int64_t x_stride, std::int64_t rows, const Product& product) {
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t column = 0; column < product.weight->out; ++column) {
            float& y = product.y[row * product.y_stride + column];
            const double value =
                dot_column(x + row * x_stride, *product.weight, column, product.bias);
            y = static_cast<float>(
                product.store == Store::Accumulate ? static_cast<double>(y) + value : value);
        }
    }
}

void multiply(const float* x, std::int64_t x_stride, std::int64_t rows,
              const GatedProduct& product) {
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t i = 0; i < product.width; ++i) {
            const double gate =
                dot_column(x + row * x_stride, *product.weight, gated_column(i, 0), product.bias);
            const double up =
                dot_column(x + row * x_stride, *product.weight, gated_column(i, 1), product.bias);
            product.h[row * product.h_stride + i] = static_cast<float>(
                activate_gated(product.activation, static_cast<double>(product.limit), gate, up));
        }
    }
}

double activate(Activation activation, double x) {
    switch (activation) {
    case Activation::Silu:
        return x / (1.0 + std::exp(-x));
    case Activation::Gelu:
        return 0.5 * x * (1.0 + std::erf(x / std::numbers::sqrt2));
    case Activation::GeluTanh:
        return 0.5 * x *
               (1.0 + std::tanh(std::sqrt(2.0 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
    case Activation::Relu:
        return std::max(x, 0.0);
    case Activation::ReluSquared:
        return std::max(x, 0.0) * std::max(x, 0.0);
    case Activation::SwigluClamped:
        break;
    }
    return x;
}

double activate_gated(Activation activation, double limit, double gate, double up) {
    if (activation == Activation::SwigluClamped) {
        gate = std::min(gate, limit);
        up = std::clamp(up, -limit, limit);
        return (up + 1.0) * gate / (1.0 + std::exp(-1.702 * gate));
    }
    return activate(activation, gate) * up;
}

std::int64_t attend_row(const RowAttention& row) {
    std::vector<std::int64_t> attended;
    for (const Interval& interval : row.attended) {
        for (std::int64_t slot = interval.begin; slot < interval.end; ++slot) {
            attended.push_back(slot);
        }
    }
    for (std::int64_t head = 0; head < row.heads; ++head) {
        std::vector<double> scores;
        for (const std::int64_t slot : attended) {
            double dot = 0;
            for (std::int64_t i = 0; i < row.key_dim; ++i) {
                dot += static_cast<double>(row.q[head * row.q_stride + i]) *
                       static_cast<double>(row.k[slot * row.k_stride + i]);
            }
            dot *= static_cast<double>(row.rule.scale);
            const auto cap = static_cast<double>(row.rule.soft_cap);
            scores.push_back(cap != 0 ? cap * std::tanh(dot / cap) : dot);
        }
        double top = *std::max_element(scores.begin(), scores.end());
        double sum = 0;
        if (row.sinks != nullptr) {
            top = std::max(top, static_cast<double>(row.sinks[head]));
            sum = std::exp(static_cast<double>(row.sinks[head]) - top);
        }
        for (double& score : scores) {
            sum += score = std::exp(score - top);
        }
        for (std::int64_t i = 0; i < row.value_dim; ++i) {
            double mixed = 0;
            for (std::size_t j = 0; j < attended.size(); ++j) {
                mixed += scores[j] * static_cast<double>(row.v[attended[j] * row.v_stride + i]);
            }
            row.out[head * row.out_stride + i] = static_cast<float>(mixed / sum);
        }
    }
    return row.heads * static_cast<std::int64_t>(attended.size()) * (row.key_dim + row.value_dim);
}

} // namespace headroom::kernels::reference
