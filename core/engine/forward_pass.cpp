// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/forward_pass.h"

#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"

#include <algorithm>

#include "core/engine/kernels/elementwise.h"

namespace headroom {

using kernels::Store;

bool ForwardPass::run(LogitRows rows, float* logits, const std::stop_token& stop) {
    c.counters.distinct_experts.assign(static_cast<std::size_t>(c.spec.num_layers()), 0);
    embed(w.residual);
    const bool has_altup = altup_of(c.spec) != nullptr;
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
    std::visit(Overloaded{
                   [&](const PlainSum&) { add_sub_layers(index); },
                   [&](const AltUpSpec& spec) { altup_layer(index, spec); },
               },
               c.spec.layer(index).residual);
}

/// x += sub-layer, one after the other or several at once. x = residual [T, H].
void ForwardPass::add_sub_layers(std::int64_t index) {
    const std::size_t count = c.spec.layer(index).sub_layers.size();
    for (std::size_t i = 0; i < count;) {
        i = add_together(index, i);
    }
}

/// Runs the sub-layer `first` and those that read the stream as it does, and adds their sum to the
/// stream: x += joined_norm(sum of output_norm(f(input_norm(x)))). Returns the next sub-layer.
std::size_t ForwardPass::add_together(std::int64_t index, std::size_t first) {
    const std::vector<SubLayer>& subs = c.spec.layer(index).sub_layers;
    const std::vector<SubLayerWeights>& weights = weights_of(index).sub_layers;
    std::size_t end = first + 1;
    // Added on their way where nobody reads the stream any more and nothing is done to the result.
    bool fuses = subs[first].norms.input && !subs[first].norms.output;
    for (; end < subs.size() && subs[end].input != SubLayerInput::Stream; ++end) {
        fuses = fuses && subs[end].input == SubLayerInput::SameNorm && !subs[end].norms.output;
    }
    fuses = fuses && !subs[end - 1].norms.joined;

    float* x = w.residual;
    float* sum = fuses ? x : w.branch; // [T, H]
    for (std::size_t i = first; i < end; ++i) {
        const SubLayerNorms& norms = subs[i].norms;
        const std::size_t reads = subs[i].input == SubLayerInput::SameNorm ? first : i;
        enter({index, i}, x);
        float* normed = w.layers[static_cast<std::size_t>(index)][reads].normed;
        if (reads == i && norms.input) {
            apply(weights[i].input_norm, x, normed);
        }
        const float* input = subs[reads].norms.input ? normed : x;
        if (i == first || !norms.output) {
            run_sub_layer({index, i}, input, sum,
                          fuses || i > first ? Store::Accumulate : Store::Overwrite);
            if (norms.output) {
                keep_branch(sum);
                apply(weights[i].output_norm, sum, sum);
            }
        } else {
            run_sub_layer({index, i}, input, w.beside, Store::Overwrite);
            keep_branch(w.beside);
            apply(weights[i].output_norm, w.beside, w.beside);
            add(w.beside, sum);
        }
    }
    if (subs[end - 1].norms.joined) {
        apply(weights[end - 1].joined_norm, sum, sum);
    }
    if (!fuses) {
        add(sum, x);
    }
    return end;
}

void ForwardPass::enter(Place at, const float* stream) {
    m_a = w.layers[static_cast<std::size_t>(at.layer)][at.sub_layer];
    if (w.keeps) {
        std::copy_n(stream, m_count * c.spec.hidden_size, m_a.stream);
    }
}

/// y [T, H] (+)= f(x [T, H]); x and y are apart.
void ForwardPass::run_sub_layer(Place at, const float* x, float* y, Store store) {
    const KindWeights& weights = weights_of(at.layer).sub_layers[at.sub_layer].kind;
    std::visit(Overloaded{
                   [&](const GroupedQueryAttention& a) {
                       grouped(at, a, std::get<GroupedWeights>(weights), x, y, store);
                   },
                   [&](const LatentAttention& a) {
                       latent(at, a, std::get<LatentWeights>(weights), x, y, store);
                   },
                   [&](const DenseFeedForward& f) {
                       dense(std::get<DenseWeights>(weights), kernel_of(f.activation, f.squared),
                             f.gated, f.activation_sparsity, {m_a.hidden, m_a.pre_activation}, x, y,
                             store);
                   },
                   [&](const MixtureOfExperts& f) {
                       mixture(at.layer, f, std::get<MixtureWeights>(weights), x, y, store);
                   },
               },
               c.spec.layer(at.layer).sub_layers[at.sub_layer].kind);
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
        if (w.retained[i] == nullptr || m_count == 1) {
            continue;
        }
        for (SubLayerState& state : c.layers[i]) {
            if (LayerCache& cache = state.cache; cache.capacity > 0 && state.mask.is_band()) {
                commit(cache, w.retained[i], cache.kv_heads * (cache.key_dim + cache.value_dim));
            }
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

void ForwardPass::copy_kept(const float* from, std::int64_t count, float* to) {
    if (from != to) {
        std::copy_n(from, count, to);
    }
}

void ForwardPass::keep_branch(const float* output) {
    if (w.keeps) {
        std::copy_n(output, m_count * c.spec.hidden_size, m_a.branch);
    }
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
