// SPDX-License-Identifier: GPL-3.0-or-later
// Dense feed-forward and mixture of experts.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/engine/forward_pass.h"
#include "core/engine/kernels/elementwise.h"
#include "core/engine/normal_quantile.h"
#include "core/engine/routing.h"

namespace headroom {
namespace {

using kernels::Store;

/// h [width] = act(relu(gate - cutoff)) * up, cutoff = mean + deviations * std of the row: only
/// about 1 - sparsity of the gates stay open (Gemma 3n). pre: gate and up interleaved by panel.
void sparse_gate(kernels::Activation activation, const float* pre, std::int64_t width,
                 float deviations, float* h) {
    double sum = 0;
    double squares = 0;
    for (std::int64_t i = 0; i < width; ++i) {
        sum += static_cast<double>(pre[kernels::gated_column(i, 0)]);
    }
    const double mean = sum / static_cast<double>(width);
    for (std::int64_t i = 0; i < width; ++i) {
        const double off = static_cast<double>(pre[kernels::gated_column(i, 0)]) - mean;
        squares += off * off;
    }
    const auto deviation = static_cast<float>(std::sqrt(squares / static_cast<double>(width)));
    const float cutoff = static_cast<float>(mean) + deviation * deviations;
    for (std::int64_t i = 0; i < width; ++i) {
        h[i] = std::max(0.0F, pre[kernels::gated_column(i, 0)] - cutoff);
    }
    kernels::activate(activation, h, width);
    for (std::int64_t i = 0; i < width; ++i) {
        h[i] *= pre[kernels::gated_column(i, 1)];
    }
}

} // namespace

kernels::Activation kernel_of(Activation activation, bool squared) {
    if (squared) {
        return kernels::Activation::ReluSquared; // no other activation is squared
    }
    switch (activation) {
    case Activation::Silu:
        return kernels::Activation::Silu;
    case Activation::Gelu:
        return kernels::Activation::Gelu;
    case Activation::GeluTanh:
        return kernels::Activation::GeluTanh;
    case Activation::Relu:
        return kernels::Activation::Relu;
    }
    return kernels::Activation::Silu;
}

/// y [T, H] (+)= down(act(gate(x)) * up(x)), or down(act(up(x))) without a gate.
void ForwardPass::dense(const DenseWeights& weights, kernels::Activation activation, bool gated,
                        double sparsity, DenseBuffers buffers, const float* x, float* y,
                        Store store) {
    const std::int64_t width = weights.width;
    const PackedMatrix& up = weights.up.weight;
    float* hidden = buffers.hidden; // [T, width]
    if (gated) {
        kernels::GatedProduct product;
        product.weight = &up;
        product.bias = weights.up.bias_or_null();
        product.width = width;
        product.activation = activation;
        product.h = hidden;
        product.h_stride = width;
        product.pre_activation = w.keeps || sparsity > 0 ? buffers.pre_activation : nullptr;
        kernels::multiply(c.pool, w.product, x, up.in, m_count, product);
        count_product(m_count, up.in, 2 * width, up.type);
        if (sparsity > 0) {
            const auto deviations = static_cast<float>(normal_quantile(sparsity));
            for_tokens([&](std::int64_t begin, std::int64_t end) {
                for (std::int64_t t = begin; t < end; ++t) {
                    sparse_gate(product.activation, buffers.pre_activation + t * up.out, width,
                                deviations, hidden + t * width);
                }
            });
        }
    } else {
        linear(weights.up, x, m_count, hidden);
        if (w.keeps) {
            std::copy_n(hidden, m_count * width, buffers.pre_activation);
        }
        for_tokens([&](std::int64_t begin, std::int64_t end) {
            kernels::activate(activation, hidden + begin * width, (end - begin) * width);
        });
    }
    linear(weights.down, hidden, m_count, y, store); // [T, width] -> [T, H]
}

/// y [T, H] (+)= sum of the chosen experts' outputs, weighted, + shared expert. Tokens are grouped
/// by expert, so that an expert multiplies all its tokens at once and is read once.
void ForwardPass::mixture(std::int64_t index, const MixtureOfExperts& spec,
                          const MixtureWeights& weights, const float* x, float* y, Store store) {
    const std::int64_t hidden = c.spec.hidden_size;
    const std::int64_t width = spec.moe_intermediate_size;
    const std::int64_t k = spec.num_experts_per_tok;
    const std::int64_t experts = spec.num_experts;

    // Routing: experts and weights of every token.
    linear(weights.router, x, m_count, m_a.router); // [T, experts]
    m_routes.plan(m_count, k, experts);
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            route_token(spec.routing, {m_a.router + t * experts, static_cast<std::size_t>(experts)},
                        weights.correction_bias, m_routes.experts_of(t), m_routes.weights_of(t));
        }
    });
    m_routes.group();
    c.counters.distinct_experts[static_cast<std::size_t>(index)] = m_routes.distinct();
    if (c.expert_tokens != nullptr) {
        std::vector<std::int64_t>& tokens = (*c.expert_tokens)[static_cast<std::size_t>(index)];
        for (const ExpertGroup& group : m_routes.groups()) {
            tokens[static_cast<std::size_t>(group.expert)] += group.rows;
        }
    }

    // Rows of each expert side by side, packed for the product.
    const auto& groups = m_routes.groups();
    const auto group_count = static_cast<std::int64_t>(groups.size());
    if (spec.routing.scales_input) { // Llama 4: the expert sees a scaled token
        for (std::int64_t row = 0; row < m_count * k; ++row) {
            const std::int64_t pair = m_routes.pair_of_row(row);
            float* scaled = m_a.expert_rows + row * hidden;
            std::copy_n(x + pair / k * hidden, hidden, scaled);
            kernels::scale(m_routes.weight(pair), hidden, scaled);
        }
    }
    const auto packed_of = [&](const ExpertGroup& group) {
        return w.product.packed + group.first * std::max(hidden, width);
    };
    // Work items of all experts form one list, which the workers divide.
    const auto for_items = [&](auto&& items_of, auto&& run) {
        std::vector<std::int64_t> ends;
        std::int64_t total = 0;
        for (const ExpertGroup& group : groups) {
            ends.push_back(total += items_of(group));
        }
        c.pool.split(total, 2, [&](int worker, std::int64_t begin, std::int64_t end) {
            auto g = static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), begin) -
                                              ends.begin());
            while (begin < end) {
                const std::int64_t first = g == 0 ? 0 : ends[g - 1];
                const std::int64_t last = std::min(end, ends[g]);
                run(worker, groups[g], begin - first, last - first);
                begin = last;
                ++g;
            }
        });
    };
    const auto expert_of = [&](const ExpertGroup& group) -> const DenseWeights& {
        return weights.experts[static_cast<std::size_t>(group.expert)];
    };

    // h [T k, width] = act(gate) * up
    const auto gated = [&](const ExpertGroup& group) {
        const DenseWeights& expert = expert_of(group);
        kernels::GatedProduct product;
        product.weight = &expert.up.weight;
        product.bias = expert.up.bias_or_null();
        product.width = width;
        product.activation = spec.swiglu_limit ? kernels::Activation::SwigluClamped
                                               : kernel_of(spec.activation, spec.squared);
        product.limit = static_cast<float>(spec.swiglu_limit.value_or(0.0));
        product.h = m_a.hidden + group.first * width;
        product.h_stride = width;
        product.pre_activation =
            w.keeps ? m_a.pre_activation + group.first * expert.up.weight.out : nullptr;
        return product;
    };
    const auto down = [&](const ExpertGroup& group) {
        const Linear& linear_down = expert_of(group).down;
        return kernels::Product{&linear_down.weight, linear_down.bias_or_null(),
                                m_a.expert_rows + group.first * hidden, hidden, Store::Overwrite};
    };
    const auto pack_input = [&](const ExpertGroup& group) {
        const bool scaled = spec.routing.scales_input;
        kernels::pack_rows(scaled ? m_a.expert_rows + group.first * hidden : x, hidden,
                           scaled ? nullptr : m_routes.tokens() + group.first, group.rows, hidden,
                           0, group.rows, packed_of(group));
    };
    const auto pack_hidden = [&](const ExpertGroup& group) {
        kernels::pack_rows(m_a.hidden + group.first * width, width, nullptr, group.rows, width, 0,
                           group.rows, packed_of(group));
    };
    const auto multiply_up = [&](int worker, const ExpertGroup& group, std::int64_t begin,
                                 std::int64_t end) {
        kernels::gated_range(gated(group), packed_of(group), group.rows, begin, end,
                             w.product.panel(worker));
    };
    const auto multiply_down = [&](int worker, const ExpertGroup& group, std::int64_t begin,
                                   std::int64_t end) {
        kernels::product_range(down(group), packed_of(group), group.rows, begin, end,
                               w.product.panel(worker));
    };
    const auto up_items = [&](const ExpertGroup& group) {
        return kernels::gated_items(group.rows, gated(group));
    };
    const auto down_items = [&](const ExpertGroup& group) {
        return kernels::product_items(group.rows, expert_of(group).down.weight);
    };
    const bool experts_suffice = group_count >= 4 * std::int64_t{c.pool.size()};
    if (experts_suffice) { // a worker takes whole experts; nobody waits in between
        c.pool.split(group_count, 1, [&](int worker, std::int64_t begin, std::int64_t end) {
            for (std::int64_t g = begin; g < end; ++g) {
                const ExpertGroup& group = groups[static_cast<std::size_t>(g)];
                pack_input(group);
                multiply_up(worker, group, 0, up_items(group));
                pack_hidden(group);
                multiply_down(worker, group, 0, down_items(group));
            }
        });
    } else { // few experts, as when decoding: workers share each of them
        for (const ExpertGroup& group : groups) {
            pack_input(group);
        }
        for_items(up_items, multiply_up);
        for (const ExpertGroup& group : groups) {
            pack_hidden(group);
        }
        for_items(down_items, multiply_down);
    }
    for (const ExpertGroup& group : groups) {
        const DenseWeights& expert = expert_of(group);
        count_product(group.rows, hidden, 2 * width, expert.up.weight.type);
        count_product(group.rows, width, hidden, expert.down.weight.type);
    }
    // y = sum of each token's rows
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            float* out = y + t * hidden;
            if (store == Store::Overwrite) {
                std::fill_n(out, hidden, 0.0F);
            }
            for (std::int64_t pair = t * k; pair < (t + 1) * k; ++pair) {
                kernels::add_scaled(m_a.expert_rows + m_routes.row_of_pair(pair) * hidden,
                                    spec.routing.scales_input ? 1.0F : m_routes.weight(pair),
                                    hidden, out);
            }
        }
    });
    if (weights.shared.width > 0) {
        dense(weights.shared, kernel_of(spec.activation, spec.squared), true, 0.0,
              {m_a.shared_hidden, m_a.shared_pre_activation}, x, y, Store::Accumulate);
    }
}

} // namespace headroom
