// SPDX-License-Identifier: GPL-3.0-or-later
// Every trainable number of a model's weights, array by array: optimisers, gradients and checks
// walk over the weights here and nowhere else.
#pragma once

#include "core/accounting/tensor_table.h"
#include "core/engine/kernels/product.h"
#include "core/engine/weights.h"

#include <cstdint>
#include <type_traits>
#include <variant>
#include <vector>

namespace headroom {

/// What an array is. Tensors that kernels read as one matrix are one: Q, K and V as QkvProj, gate
/// and up as GateUpProj (of experts ExpertGateUpProj, of the shared expert SharedGateProj).
struct ParameterPlace {
    std::int64_t layer = -1;     ///< -1: outside the layers
    std::int32_t sub_layer = -1; ///< -1: of the layer, or outside
    TensorSlot slot = TensorSlot::TokenEmbedding;
    bool is_bias = false;
    std::int64_t copy = 0;     ///< the expert, the stream
    std::int64_t elements = 0; ///< without what pads a panel
};

/// Walks over ModelWeights, constant or not. `visit` takes a place and, const or not, a
/// PackedMatrix&, a std::vector<float>& or a LookupTable&. Buffers that training does not touch
/// (correction biases) are left out; a tied embedding is the head, once.
template <class Weights, class Visit>
class ParameterWalk {
public:
    ParameterWalk(Weights& weights, Visit& visit)
        : m_weights(weights)
        , m_visit(visit) {}

    void run() {
        using enum TensorSlot;
        table(TokenEmbedding, m_weights.embedding);
        table(PositionEmbedding, m_weights.positions);
        for (std::size_t i = 0; i < m_weights.layers.size(); ++i) {
            m_place.layer = static_cast<std::int64_t>(i);
            layer(m_weights.layers[i]);
        }
        m_place.layer = -1;
        norm(FinalNorm, m_weights.final_norm);
        linear(HeadProj, m_weights.lm_head);
        table(PerLayerTable, m_weights.per_layer_embedding);
        linear(PerLayerModelProjection, m_weights.per_layer_projection);
        norm(PerLayerProjectionNorm, m_weights.per_layer_projection_norm);
        copies(AltUpProjection, m_weights.altup_projections);
        copies(AltUpUnembedProjection, m_weights.altup_unprojections);
    }

private:
    void layer(auto& weights) {
        using enum TensorSlot;
        for (std::size_t s = 0; s < weights.sub_layers.size(); ++s) {
            auto& sub = weights.sub_layers[s];
            m_place.sub_layer = static_cast<std::int32_t>(s);
            norm(InputNorm, sub.input_norm);
            std::visit([&](auto& kind) { this->kind(kind); }, sub.kind);
            norm(OutputNorm, sub.output_norm);
            norm(JoinedNorm, sub.joined_norm);
        }
        m_place.sub_layer = -1;
        auto& altup = weights.altup;
        linear(ModalityRouter, altup.modality_router);
        linear(PredictionCoefs, altup.prediction_coefs);
        linear(CorrectionCoefs, altup.correction_coefs);
        vector(CorrectOutputScale, altup.correct_output_scale);
        norm(ModalityNorm, altup.router_norm);
        linear(LaurelLeft, altup.laurel_left);
        linear(LaurelRight, altup.laurel_right);
        norm(LaurelNorm, altup.laurel_norm);
        linear(PerLayerInputGate, altup.input_gate);
        linear(PerLayerProjection, altup.input_projection);
        norm(PerLayerInputNorm, altup.input_norm);
    }

    void kind(auto& weights) {
        using enum TensorSlot;
        using Kind = std::remove_cvref_t<decltype(weights)>;
        if constexpr (std::is_same_v<Kind, GroupedWeights>) {
            linear(QkvProj, weights.qkv);
            linear(OProj, weights.o);
            norm(QNorm, weights.q_norm);
            norm(KNorm, weights.k_norm);
            vector(Sinks, weights.sinks);
        } else if constexpr (std::is_same_v<Kind, LatentWeights>) {
            linear(QAProj, weights.q_a);
            norm(QANorm, weights.q_a_norm);
            linear(QBProj, weights.q_b);
            linear(KvAProj, weights.kv_a);
            norm(KvANorm, weights.kv_a_norm);
            heads(weights.k_up, weights.v_up);
            linear(OProj, weights.o);
        } else if constexpr (std::is_same_v<Kind, DenseWeights>) {
            dense(GateUpProj, DownProj, weights);
        } else {
            static_assert(std::is_same_v<Kind, MixtureWeights>, "a kind that nobody walks over");
            linear(RouterProj, weights.router);
            for (std::size_t e = 0; e < weights.experts.size(); ++e) {
                m_place.copy = static_cast<std::int64_t>(e);
                dense(ExpertGateUpProj, ExpertDownProj, weights.experts[e]);
            }
            m_place.copy = 0;
            dense(SharedGateProj, SharedDownProj, weights.shared);
        }
    }

    /// The two halves of kv_b_proj, head by head: keys first.
    void heads(auto& k_up, auto& v_up) {
        for (std::size_t h = 0; h < k_up.size(); ++h) {
            m_place.copy = static_cast<std::int64_t>(2 * h);
            matrix(TensorSlot::KvBProj, k_up[h], k_up[h].in * k_up[h].out);
            m_place.copy = static_cast<std::int64_t>(2 * h + 1);
            matrix(TensorSlot::KvBProj, v_up[h], v_up[h].in * v_up[h].out);
        }
        m_place.copy = 0;
    }

    void dense(TensorSlot up, TensorSlot down, auto& weights) {
        if (weights.width == 0) {
            return;
        }
        // A gated one holds both in panels that may be padded.
        auto& matrix_up = weights.up.weight;
        const bool is_gated = matrix_up.out == kernels::gated_out(weights.width);
        const std::int64_t columns = is_gated ? 2 * weights.width : weights.width;
        matrix(up, matrix_up, matrix_up.in * columns);
        bias(up, weights.up, columns);
        linear(down, weights.down);
    }

    void copies(TensorSlot slot, auto& list) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            m_place.copy = static_cast<std::int64_t>(i);
            linear(slot, list[i]);
        }
        m_place.copy = 0;
    }

    void linear(TensorSlot slot, auto& linear) {
        matrix(slot, linear.weight, linear.weight.in * linear.weight.out);
        bias(slot, linear, linear.weight.out);
    }

    void matrix(TensorSlot slot, auto& matrix, std::int64_t elements) {
        if (elements > 0) {
            m_visit(at(slot, elements, false), matrix);
        }
    }

    void bias(TensorSlot slot, auto& linear, std::int64_t elements) {
        if (!linear.bias.empty()) {
            m_visit(at(slot, elements, true), linear.bias);
        }
    }

    void vector(TensorSlot slot, auto& values) {
        if (!values.empty()) {
            m_visit(at(slot, static_cast<std::int64_t>(values.size()), false), values);
        }
    }

    void norm(TensorSlot slot, auto& norm) {
        vector(slot, norm.weight);
        if (!norm.bias.empty()) {
            m_visit(at(slot, static_cast<std::int64_t>(norm.bias.size()), true), norm.bias);
        }
    }

    void table(TensorSlot slot, auto& table) {
        if (table.rows > 0) {
            m_visit(at(slot, table.rows * table.width, false), table);
        }
    }

    ParameterPlace at(TensorSlot slot, std::int64_t elements, bool is_bias) {
        m_place.slot = slot;
        m_place.elements = elements;
        m_place.is_bias = is_bias;
        return m_place;
    }

    Weights& m_weights;
    Visit& m_visit;
    ParameterPlace m_place;
};

template <class Weights, class Visit>
void for_each_parameter(Weights& weights, Visit&& visit) {
    ParameterWalk<Weights, Visit>(weights, visit).run();
}

} // namespace headroom
