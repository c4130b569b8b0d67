// SPDX-License-Identifier: GPL-3.0-or-later
// Gemma 3n: AltUp (arXiv:2301.13310) keeps N streams and runs the layer on one of them, LAuReL
// (arXiv:2411.07501) adds a low-rank branch, and a per-layer embedding is gated in at the end.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/config/layer_queries.h"
#include "core/engine/forward_pass.h"
#include "core/engine/kernels/elementwise.h"

namespace headroom {
namespace {

using kernels::Store;

float root_mean_square(const float* x, std::int64_t count, float least) {
    double sum = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    }
    return std::sqrt(std::max(least, static_cast<float>(sum / static_cast<double>(count))));
}

/// Scales each row of x [rows, width] to the magnitude of the same row of `model`.
void match_magnitude(const float* model, std::int64_t rows, std::int64_t width, float* x) {
    for (std::int64_t t = 0; t < rows; ++t, model += width, x += width) {
        kernels::scale(root_mean_square(model, width, 0.0F) / root_mean_square(x, width, 1e-5F),
                       width, x);
    }
}

} // namespace

/// streams [N, T, H] from the embedding, and per_layer [T, L, p]: the per-layer embeddings plus a
/// projection of the embedding.
void ForwardPass::open_streams() {
    const AltUpSpec& spec = *altup_of(c.spec);
    const std::int64_t hidden = c.spec.hidden_size;
    const std::int64_t rows = m_count * hidden;
    const std::int64_t p = spec.per_layer_input;
    const std::int64_t layers = c.spec.num_layers();

    linear(c.weights.per_layer_projection, w.residual, m_count, w.per_layer);
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        std::vector<float> looked_up(static_cast<std::size_t>(layers * p));
        const float from_hidden = 1.0F / std::sqrt(static_cast<float>(hidden));
        const float embedding_scale = std::sqrt(static_cast<float>(p));
        for (std::int64_t t = begin; t < end; ++t) {
            float* row = w.per_layer + t * layers * p; // [L, p]
            kernels::scale(from_hidden, layers * p, row);
            apply_norm(c.weights.per_layer_projection_norm, row, p, layers, p, row, p);
            // The per-layer table may lack the vocabulary's last tokens; row 0 stands for them.
            const std::int64_t token = m_tokens[static_cast<std::size_t>(t)];
            c.weights.per_layer_embedding.row(token < c.spec.per_layer_vocab ? token : 0,
                                              looked_up.data());
            kernels::add_scaled(looked_up.data(), embedding_scale, layers * p, row);
            kernels::scale(static_cast<float>(1.0 / std::numbers::sqrt2), layers * p, row);
        }
    });

    std::copy_n(w.residual, rows, w.streams);
    for (std::int64_t i = 1; i < spec.num_inputs; ++i) {
        float* stream = w.streams + i * rows;
        linear(c.weights.altup_projections[static_cast<std::size_t>(i - 1)], w.residual, m_count,
               stream);
        match_magnitude(w.residual, m_count, hidden, stream);
    }
}

/// coefficients [T, N] (first part) = tanh(router(norm(x) / H)).
void ForwardPass::modalities(const AltUpSpec& spec, const AltUpWeights& weights, const float* x) {
    const std::int64_t hidden = c.spec.hidden_size;
    apply(weights.router_norm, x, w.branch);
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        kernels::scale(1.0F / static_cast<float>(hidden), (end - begin) * hidden,
                       w.branch + begin * hidden);
    });
    linear(weights.modality_router, w.branch, m_count, w.coefficients);
    for (std::int64_t i = 0; i < m_count * spec.num_inputs; ++i) {
        w.coefficients[i] = std::tanh(w.coefficients[i]);
    }
}

/// The layer's two sub-layers, attention and feed-forward, each with norms before and after.
void ForwardPass::altup_layer(std::int64_t index, const AltUpSpec& spec) {
    const AltUpWeights& altup = weights_of(index).altup;
    const SubLayerWeights& attention = weights_of(index).sub_layers[0];
    const SubLayerWeights& feed_forward = weights_of(index).sub_layers[1];
    const std::int64_t hidden = c.spec.hidden_size;
    const std::int64_t rows = m_count * hidden;
    const std::int64_t n = spec.num_inputs;
    const std::int64_t p = spec.per_layer_input;
    float* mix = w.coefficients + m_count * n; // [T, N * N], then [T, N]

    // Predict: predictions[i] = streams[i] + sum_j coefficient[i, j] streams[j]
    modalities(spec, altup, w.streams + spec.active_idx * rows);
    linear(altup.prediction_coefs, w.coefficients, m_count, mix);
    std::copy_n(w.streams, n * rows, w.predictions);
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            for (std::int64_t i = 0; i < n; ++i) {
                for (std::int64_t j = 0; j < n; ++j) {
                    kernels::add_scaled(w.streams + j * rows + t * hidden, mix[(t * n + i) * n + j],
                                        hidden, w.predictions + i * rows + t * hidden);
                }
            }
        }
    });
    c.counters.flops += 2 * rows * n * n;
    const float* active = w.predictions + spec.active_idx * rows; // [T, H]

    // The layer itself, on the active prediction: x = (active + attention + LAuReL) / sqrt(2)
    float* x = w.residual;
    enter({index, 0}, active);
    float* normed = m_a.normed;
    apply(attention.input_norm, active, normed);
    linear(altup.laurel_left, normed, m_count, w.gated_input); // [T, rank]
    linear(altup.laurel_right, w.gated_input, m_count, w.laurel);
    apply(altup.laurel_norm, w.laurel, w.laurel);
    add(normed, w.laurel);
    run_sub_layer({index, 0}, normed, w.branch, Store::Overwrite);
    keep_branch(w.branch);
    apply(attention.output_norm, w.branch, w.branch);
    std::copy_n(active, rows, x);
    add(w.branch, x);
    add(w.laurel, x);
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        kernels::scale(static_cast<float>(1.0 / std::numbers::sqrt2), (end - begin) * hidden,
                       x + begin * hidden);
    });
    // x += norm(feed_forward(norm(x)))
    enter({index, 1}, x);
    apply(feed_forward.input_norm, x, m_a.normed);
    run_sub_layer({index, 1}, m_a.normed, w.branch, Store::Overwrite);
    keep_branch(w.branch);
    apply(feed_forward.output_norm, w.branch, w.branch);
    add(w.branch, x);

    // Correct: streams[i] = predictions[i] + (1 + coefficient[i]) (x - active)
    modalities(spec, altup, x);
    linear(altup.correction_coefs, w.coefficients, m_count, mix);
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            float* innovation = w.branch + t * hidden;
            std::copy_n(x + t * hidden, hidden, innovation);
            kernels::add_scaled(active + t * hidden, -1.0F, hidden, innovation);
            for (std::int64_t i = 0; i < n; ++i) {
                float* stream = w.streams + i * rows + t * hidden;
                std::copy_n(w.predictions + i * rows + t * hidden, hidden, stream);
                kernels::add_scaled(innovation, 1.0F + mix[t * n + i], hidden, stream);
            }
        }
    });

    // Per-layer embedding: all streams but the first += norm(project(act(gate(s)) * embedding))
    float* s = w.branch; // the corrected active stream
    std::copy_n(w.streams + spec.active_idx * rows, rows, s);
    if (spec.correct_scale) {
        for (std::int64_t t = 0; t < m_count; ++t) {
            kernels::multiply_elements(s + t * hidden, altup.correct_output_scale.data(), hidden,
                                       s + t * hidden);
        }
    }
    linear(altup.input_gate, s, m_count, w.gated_input); // [T, p]
    const DenseFeedForward& feed_forward_spec = *dense_of(c.spec.layer(index));
    kernels::activate(kernel_of(feed_forward_spec.activation, feed_forward_spec.squared),
                      w.gated_input, m_count * p);
    const std::int64_t layers = c.spec.num_layers();
    for (std::int64_t t = 0; t < m_count; ++t) {
        kernels::multiply_elements(w.gated_input + t * p, w.per_layer + (t * layers + index) * p, p,
                                   w.gated_input + t * p);
    }
    linear(altup.input_projection, w.gated_input, m_count, w.normed);
    apply(altup.input_norm, w.normed, w.normed);
    for (std::int64_t i = 1; i < n; ++i) {
        add(w.normed, w.streams + i * rows);
    }
}

/// residual [T, H] = mean over streams, those past the first projected back and scaled.
void ForwardPass::close_streams() {
    const AltUpSpec& spec = *altup_of(c.spec);
    const std::int64_t hidden = c.spec.hidden_size;
    const std::int64_t rows = m_count * hidden;
    std::copy_n(w.streams, rows, w.residual);
    for (std::int64_t i = 1; i < spec.num_inputs; ++i) {
        linear(c.weights.altup_unprojections[static_cast<std::size_t>(i - 1)], w.streams + i * rows,
               m_count, w.branch);
        match_magnitude(w.streams, m_count, hidden, w.branch);
        add(w.branch, w.residual);
    }
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        kernels::scale(1.0F / static_cast<float>(spec.num_inputs), (end - begin) * hidden,
                       w.residual + begin * hidden);
    });
}

} // namespace headroom
