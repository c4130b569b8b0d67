// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/forward_pass.h"

#include "core/base/overloaded.h"

#include <algorithm>

#include "core/engine/kernels/elementwise.h"

namespace headroom {

using kernels::Store;

bool ForwardPass::run(LogitRows rows, float* logits, const std::stop_token& stop) {
    c.counters.distinct_experts.assign(static_cast<std::size_t>(c.spec.num_layers()), 0);
    embed(w.residual);
    const bool has_altup = c.spec.num_layers() > 0 && c.spec.layer(0).altup.has_value();
    if (has_altup) {
        open_streams();
    }
    for (std::int64_t i = 0; i < c.spec.num_layers(); ++i) {
        if (stop.stop_requested()) {
            return false;
        }
        layer(i);
    }
    if (has_altup) {
        close_streams();
    }
    commit_shared();
    head(rows, w.residual, logits);
    return true;
}

/// x [T, H] = embedding of each token, scaled, plus its learned position.
void ForwardPass::embed(float* x) {
    const std::int64_t hidden = c.spec.hidden_size;
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        std::vector<float> position(c.weights.positions.rows > 0 ? static_cast<std::size_t>(hidden)
                                                                 : 0);
        for (std::int64_t t = begin; t < end; ++t) {
            float* row = x + t * hidden;
            const std::int64_t token = m_tokens[static_cast<std::size_t>(t)];
            if (c.spec.tie_word_embeddings) {
                c.weights.lm_head.weight.column(token, row);
            } else {
                c.weights.embedding.row(token, row);
            }
            if (c.spec.embedding_scale != 1.0) {
                kernels::scale(static_cast<float>(c.spec.embedding_scale), hidden, row);
            }
            if (!position.empty()) {
                c.weights.positions.row(m_start + t, position.data());
                kernels::add_scaled(position.data(), 1.0F, hidden, row);
            }
        }
    });
}

void ForwardPass::layer(std::int64_t index) {
    const LayerSpec& spec = c.spec.layer(index);
    const LayerWeights& weights = c.weights.layers[static_cast<std::size_t>(index)];
    if (spec.altup) {
        altup_layer(index, spec, weights);
    } else {
        sub_layers(index, spec, weights);
    }
}

/// x += attention, x += feed-forward, with norms where the family puts them. x = residual [T, H].
void ForwardPass::sub_layers(std::int64_t index, const LayerSpec& spec,
                             const LayerWeights& weights) {
    float* x = w.residual;
    switch (spec.norm.placement) {
    case NormPlacement::Pre: // x += f(norm(x))
        apply(weights.attention_norm, x, w.normed);
        attention(index, w.normed, x, Store::Accumulate);
        apply(weights.feed_forward_norm, x, w.normed);
        feed_forward(index, w.normed, x, Store::Accumulate);
        return;
    case NormPlacement::Output: // x += norm(f(x)): OLMo 2
        attention(index, x, w.branch, Store::Overwrite);
        apply(weights.attention_output_norm, w.branch, w.branch);
        add(w.branch, x);
        feed_forward(index, x, w.branch, Store::Overwrite);
        apply(weights.feed_forward_output_norm, w.branch, w.branch);
        add(w.branch, x);
        return;
    case NormPlacement::Sandwich: // x += norm(f(norm(x))): Gemma 2 and 3
        apply(weights.attention_norm, x, w.normed);
        attention(index, w.normed, w.branch, Store::Overwrite);
        apply(weights.attention_output_norm, w.branch, w.branch);
        add(w.branch, x);
        apply(weights.feed_forward_norm, x, w.normed);
        feed_forward(index, w.normed, w.branch, Store::Overwrite);
        apply(weights.feed_forward_output_norm, w.branch, w.branch);
        add(w.branch, x);
        return;
    case NormPlacement::Post:
        return; // an encoder's; refused when weights are loaded
    }
}

void ForwardPass::attention(std::int64_t index, const float* x, float* y, Store store) {
    const auto& weights = c.weights.layers[static_cast<std::size_t>(index)].attention;
    std::visit(Overloaded{
                   [&](const GroupedQueryAttention& a) {
                       grouped(index, a, std::get<GroupedWeights>(weights), x, y, store);
                   },
                   [&](const LatentAttention& a) {
                       latent(index, a, std::get<LatentWeights>(weights), x, y, store);
                   },
               },
               c.spec.layer(index).attention);
}

void ForwardPass::feed_forward(std::int64_t index, const float* x, float* y, Store store) {
    const auto& weights = c.weights.layers[static_cast<std::size_t>(index)].feed_forward;
    std::visit(Overloaded{
                   [&](const DenseFeedForward& f) {
                       dense(std::get<DenseWeights>(weights), kernel_of(f.activation, f.squared),
                             f.gated, f.activation_sparsity, x, y, store);
                   },
                   [&](const MixtureOfExperts& f) {
                       mixture(index, f, std::get<MixtureWeights>(weights), x, y, store);
                   },
               },
               c.spec.layer(index).feed_forward);
}

/// logits [T or 1, vocab] = softcap(norm(x) lm_head).
void ForwardPass::head(LogitRows rows, const float* x, float* logits) {
    const std::int64_t hidden = c.spec.hidden_size;
    const std::int64_t vocab = c.spec.vocab_size;
    const std::int64_t count = rows == LogitRows::All ? m_count : 1;
    const std::int64_t first = m_count - count;
    apply(c.weights.final_norm, x, w.normed);
    linear(c.weights.lm_head, w.normed + first * hidden, count, logits);
    if (c.spec.final_logit_softcapping) {
        const auto cap = static_cast<float>(*c.spec.final_logit_softcapping);
        c.pool.split(count * vocab, 1 << 13, [&](int, std::int64_t begin, std::int64_t end) {
            kernels::soft_cap(cap, end - begin, logits + begin);
        });
    }
}

/// Layers whose cache others read store this pass only now, when everybody has seen the old ring.
void ForwardPass::commit_shared() {
    for (std::size_t i = 0; i < w.retained.size(); ++i) {
        if (w.retained[i] != nullptr && m_count > 1 && c.masks[i].is_band()) {
            LayerCache& cache = c.caches[i];
            commit(cache, w.retained[i], cache.kv_heads * (cache.key_dim + cache.value_dim));
        }
    }
}

void ForwardPass::linear(const Linear& weights, const float* x, std::int64_t rows, float* y,
                         Store store) {
    const PackedMatrix& matrix = weights.weight;
    kernels::multiply(c.pool, w.product, x, matrix.in, rows,
                      kernels::Product{&matrix, weights.bias_or_null(), y, matrix.out, store});
    count_product(rows, matrix.in, matrix.out, matrix.type);
}

void ForwardPass::apply(const Norm& norm, const float* x, float* y) {
    const std::int64_t hidden = c.spec.hidden_size;
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        apply_norm(norm, x + begin * hidden, hidden, end - begin, hidden, y + begin * hidden,
                   hidden);
    });
}

void ForwardPass::add(const float* x, float* y) {
    const std::int64_t hidden = c.spec.hidden_size;
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        kernels::add_scaled(x + begin * hidden, 1.0F, (end - begin) * hidden, y + begin * hidden);
    });
}

void ForwardPass::count_product(std::int64_t rows, std::int64_t in, std::int64_t out,
                                WeightType type) {
    c.counters.flops += 2 * rows * in * out;
    c.counters.weight_bytes += in * out * bytes_of(type);
}

const RopeTable* ForwardPass::rope(const RotarySpec& spec) const {
    const auto found = std::find_if(c.rope_tables.begin(), c.rope_tables.end(),
                                    [&](const RopeTable& table) { return table.spec == spec; });
    return found == c.rope_tables.end() ? nullptr : &*found;
}

void apply_norm(const Norm& norm, const float* x, std::int64_t x_stride, std::int64_t rows,
                std::int64_t width, float* y, std::int64_t y_stride) {
    const float* weight = norm.weight.empty() ? nullptr : norm.weight.data();
    switch (norm.kind) {
    case NormKind::Rms:
        kernels::rms_norm(x, x_stride, rows, width, weight, 0.0F, norm.eps, y, y_stride);
        return;
    case NormKind::RmsPlusOne:
        kernels::rms_norm(x, x_stride, rows, width, weight, 1.0F, norm.eps, y, y_stride);
        return;
    case NormKind::Layer:
        kernels::layer_norm(x, x_stride, rows, width, weight,
                            norm.bias.empty() ? nullptr : norm.bias.data(), norm.eps, y, y_stride);
        return;
    }
}

} // namespace headroom
