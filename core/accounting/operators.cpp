// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/operators.h"

#include "core/accounting/kept.h"
#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace headroom {
namespace {

using enum ParameterGroup;

// Fused element-wise kernels of a layer: 3 around the residual stream, 2 between the attention's
// products, 1 in a dense feed-forward, 5 around experts (scores, top-k, sort, gather, combine).
constexpr double norm_kernels = 1.5;    // around each of a layer's two sub-layers
constexpr std::size_t most_norms = 4;   // of a sub-layer
constexpr double attention_kernels = 2; // 1 where q and k are not normalised
constexpr double rotary_kernels = 1;
constexpr double dense_kernels = 1;
constexpr double routing_kernels = 5;

// Decode kernels keep fewer rows of a wide head in flight and reach less of the bandwidth: 81% of
// it at 256, seen on Gemma 3. Heads of 64 and 128 read alike.
constexpr double wide_head = 128;
constexpr double wide_head_exponent = 0.3;

// Grouped products multiply whole tiles. A tile of 128 rows, of which an expert's last one is part
// empty, explains grouped products of 26 shapes timed alone (docs/accuracy.md).
constexpr double tile_rows = 128;
constexpr double tile_columns = 128;

// Around experts the row of every assignment is gathered (read and written), and what comes out is
// read and added to the row of its token. Additions are atomic and in bf16: they take as long as
// moving twelve numbers for the two.
constexpr double gathered_numbers = 2;
constexpr double added_numbers = 2;
constexpr double addition_cost = 6;

constexpr double activation_bytes_per_number = 2; // bf16, whatever the weights are stored in

std::int64_t ceil_div(std::int64_t a, std::int64_t b) {
    return (a + b - 1) / b;
}

/// Expected tiles of an expert that gets `rows` rows on average, at least one: the sum of
/// P(rows drawn > 128 j) over j >= 0. Tokens choose experts independently, so that the number drawn
/// is nearly normal with variance `rows`.
double expected_row_tiles(double rows) {
    constexpr double certain = 5; // standard deviations
    const double deviation = std::sqrt(std::max(1.0, rows));
    // Below `first`, tiles are filled for sure.
    const double first = std::max(1.0, std::floor((rows - certain * deviation) / tile_rows));
    double tiles = first;
    for (double j = first;; ++j) {
        const double above = (tile_rows * j + 0.5 - rows) / deviation;
        if (above > certain) {
            return tiles;
        }
        tiles += 0.5 * std::erfc(above / std::sqrt(2.0));
    }
}

/// Emits the operators of one step on one device.
class StepWriter {
public:
    StepWriter(const ModelSpec& spec, const Step& step, const Formats& formats,
               const Deployment& deployment, FunctionRef<void(const Operator&)> visit)
        : m_spec(spec)
        , m_step(step)
        , m_formats(formats)
        , m_visit(visit)
        , m_tp(std::max<std::int64_t>(1, deployment.tensor_parallel))
        , m_ep(std::max<std::int64_t>(1, deployment.expert_parallel))
        , m_rows(wide(step.batch) * step.tokens) {}

    void each_kind() {
        embedding();
        for (std::size_t i = 0; i < m_spec.kinds.size(); ++i) {
            const LayerKind& kind = m_spec.kinds[i];
            enter({static_cast<std::int32_t>(i), -1, kind.count});
            norms(kind.spec);
            for (std::size_t s = 0; s < kind.spec.sub_layers.size(); ++s) {
                m_sub_layer = static_cast<std::int32_t>(s);
                sub_layer(kind.spec.sub_layers[s]);
            }
            m_sub_layer = -1;
            residual(kind.spec.residual);
        }
        leave();
        head();
    }

    void each_distinct_part() {
        embedding();
        // Sub-layers with as many norms have equal ones, whatever else they are.
        std::array<std::int64_t, most_norms + 1> with_norms{};
        for (const LayerPart& part : m_spec.parts) {
            enter(part);
            const SubLayer& sub = m_spec.sub_layer_of(part);
            sub_layer(sub);
            with_norms[static_cast<std::size_t>(sub.norms.count())] += part.count;
        }
        for (std::size_t count = 1; count < with_norms.size(); ++count) {
            if (with_norms[count] > 0) {
                enter({0, -1, with_norms[count]});
                norms(static_cast<int>(count), 1);
            }
        }
        for (const LayerPart& part : m_spec.residuals) {
            enter({part.kind, -1, part.count});
            residual(m_spec.layer_of(part).residual);
        }
        leave();
        head();
    }

private:
    void enter(const LayerPart& part) {
        m_kind = part.kind;
        m_sub_layer = part.sub_layer;
        m_count = part.count;
    }

    void leave() {
        m_kind = -1;
        m_sub_layer = -1;
        m_count = 1;
    }

    // A product of `rows` x in by in x out, the weight split over the devices of a tensor group.
    void linear(Operation what, ParameterGroup role, Wide rows, Wide in, Wide out) {
        Operator op;
        op.what = what;
        op.in = static_cast<double>(in);
        op.out = static_cast<double>(out);
        op.format = m_formats.weights_of(role);
        op.flops = 2 * rows * in * out;
        op.weight_bytes = static_cast<double>(in * out) * bytes_per_number(op.format);
        op.activation_bytes = static_cast<double>(rows * (in + out)) * activation_bytes_per_number;
        emit(op);
    }

    void element_wise(Operation what, double numbers, double launches) {
        Operator op;
        op.kind = OperatorKind::ElementWise;
        op.what = what;
        op.activation_bytes = numbers * activation_bytes_per_number;
        op.launches = launches;
        emit(op);
    }

    void communication(Operation what, double bytes, std::int64_t participants,
                       std::int64_t times = 1) {
        if (participants <= 1) {
            return;
        }
        Operator op;
        op.kind = OperatorKind::Communication;
        op.what = what;
        op.message_bytes = bytes;
        op.participants = participants;
        op.span = participants;
        op.count = times;
        emit(op);
    }

    void emit(Operator& op) {
        op.layer_kind = m_kind;
        op.sub_layer = m_sub_layer;
        op.count *= m_count;
        m_visit(op);
    }

    [[nodiscard]] double rows() const { return static_cast<double>(m_rows); }
    [[nodiscard]] double hidden() const { return static_cast<double>(m_spec.hidden_size); }

    void all_reduce() {
        communication(Operation::AllReduce, rows() * hidden() * activation_bytes_per_number, m_tp);
    }

    void embedding() {
        element_wise(Operation::EmbedTokens, 2 * rows() * hidden(), 1);
        if (const AltUpSpec* altup = altup_of(m_spec)) {
            const AltUpSpec& a = *altup;
            const Wide h = m_spec.hidden_size;
            linear(Operation::PerLayerModelProjection, PerLayerEmbedding, m_rows, h,
                   m_spec.num_layers() * a.per_layer_input);
            for (std::int64_t i = 1; i < a.num_inputs; ++i) {
                linear(Operation::AltUpProjection, Other, m_rows, h, h);
            }
        }
    }

    /// Norms around `sub_layers` sub-layers, fused with the sums of the stream.
    void norms(int count, int sub_layers) {
        element_wise(Operation::Norms, count * 2 * rows() * hidden(), norm_kernels * sub_layers);
    }

    void norms(const LayerSpec& layer) {
        const auto with_norms =
            std::count_if(layer.sub_layers.begin(), layer.sub_layers.end(),
                          [](const SubLayer& sub) { return sub.norms.count() > 0; });
        norms(norms_of(layer), static_cast<int>(with_norms));
    }

    /// Sub-layers that read the same stream join it together: one sum over the tensor group.
    void sub_layer(const SubLayer& sub) {
        std::visit([&](const auto& kind) { work(kind); }, sub.kind);
        if (sub.input == SubLayerInput::Stream) {
            all_reduce();
        }
    }

    void residual(const ResidualSpec& spec) {
        std::visit([&](const auto& r) { work(r); }, spec);
    }

    /// Pairs of one head and one sequence.
    [[nodiscard]] Wide pairs(const AttentionSpan& span) const {
        if (m_step.pairs == PairCounting::Dense) {
            return wide(m_step.tokens) * (m_step.tokens + m_step.past);
        }
        return attended_pairs(span, m_step.tokens, m_step.past, !m_spec.is_encoder);
    }

    /// Entries of the cache that the step reads or writes, all sequences.
    [[nodiscard]] double met_entries(const KeptEntry& entry) const {
        return static_cast<double>(m_step.batch) *
               static_cast<double>(read_entries(entry, m_step.past, m_step.tokens));
    }

    [[nodiscard]] double met_bytes(const KeptEntry& entry) const {
        return met_entries(entry) * static_cast<double>(entry.numbers()) *
               bytes_per_number(entry.format.value_or(m_formats.kv));
    }

    void work(const GroupedQueryAttention& a) {
        const std::int64_t q = ceil_div(a.num_attention_heads, m_tp) * a.head_dim;
        const std::int64_t kv_heads =
            std::max<std::int64_t>(1, ceil_div(a.num_key_value_heads, m_tp));
        const std::int64_t kv = a.shares_kv ? 0 : kv_heads * a.head_dim;
        const Wide h = m_spec.hidden_size;
        linear(Operation::QkvProj, Attention, m_rows, h, q + 2 * wide(kv));
        element_wise(Operation::RotaryAndNorm, 2 * rows() * static_cast<double>(q + kv),
                     a.qk_norm == QkNorm::None ? rotary_kernels : attention_kernels);
        Operator op;
        op.kind = OperatorKind::Attention;
        op.what = Operation::Attention;
        op.flops = 4 * wide(q) * pairs(a.span) * m_step.batch;
        op.activation_bytes = rows() * static_cast<double>(2 * q) * activation_bytes_per_number;
        op.cache_bytes = met_bytes(on_device(kept_by(a).front(), m_tp));
        const auto head = static_cast<double>(a.head_dim);
        op.memory_share = head > wide_head ? std::pow(wide_head / head, wide_head_exponent) : 1.0;
        emit(op);
        linear(Operation::OProj, Attention, m_rows, q, h);
    }

    void work(const LatentAttention& a) {
        const Wide h = m_spec.hidden_size;
        const Wide n = ceil_div(a.num_attention_heads, m_tp);
        const Wide qk = n * (a.qk_nope_head_dim + a.qk_rope_head_dim);
        const Wide r = a.kv_lora_rank;
        if (a.q_lora_rank) {
            linear(Operation::QAProj, Attention, m_rows, h, *a.q_lora_rank);
            linear(Operation::QBProj, Attention, m_rows, *a.q_lora_rank, qk);
        } else {
            linear(Operation::QProj, Attention, m_rows, h, qk);
        }
        linear(Operation::KvAProj, Attention, m_rows, h, r + a.qk_rope_head_dim);
        element_wise(Operation::RotaryAndNorm, 2 * rows() * static_cast<double>(qk + r),
                     attention_kernels);
        if (m_step.phase == Phase::Prefill) {
            // Expanded: keys and values are made from the latent and attended to per head.
            Operator op;
            op.kind = OperatorKind::Attention;
            op.what = Operation::Attention;
            op.cache_bytes = cached_tokens(a) * static_cast<double>(r + a.qk_rope_head_dim) *
                             bytes_per_number(m_formats.kv);
            linear(Operation::KvBProj, Attention, m_rows, r,
                   n * (a.qk_nope_head_dim + a.v_head_dim));
            // Keys are put together from both parts, values copied out of the product.
            element_wise(Operation::ExpandLatent,
                         rows() * static_cast<double>(n * (2 * a.qk_nope_head_dim +
                                                           a.qk_rope_head_dim + 2 * a.v_head_dim)),
                         1);
            op.flops = 2 * n * (a.qk_nope_head_dim + a.qk_rope_head_dim + a.v_head_dim) *
                       pairs(a.span) * m_step.batch;
            op.activation_bytes = rows() * static_cast<double>(2 * qk + 2 * n * a.v_head_dim) *
                                  activation_bytes_per_number;
            emit(op);
        } else {
            absorbed_attention(a, n);
            linear(Operation::VAbsorb, Attention, m_rows, r, n * a.v_head_dim);
        }
        linear(Operation::OProj, Attention, m_rows, n * a.v_head_dim, h);
    }

    [[nodiscard]] double cached_tokens(const LatentAttention& a) const {
        return met_entries(kept_by(a).front());
    }

    /// Absorbed (DeepSeek-V2, sec. 2.1.2): queries move into the latent space, and batched products
    /// make scores and values there, one after the other, so that scores go through memory and the
    /// latent is read a second time.
    void absorbed_attention(const LatentAttention& a, Wide heads) {
        const Wide r = a.kv_lora_rank;
        const double score_numbers = cached_tokens(a) * static_cast<double>(heads * m_step.tokens);
        const double latent_row = cached_tokens(a) * bytes_per_number(m_formats.kv);
        linear(Operation::QAbsorb, Attention, m_rows, a.qk_nope_head_dim, heads * r);
        Operator scores;
        scores.kind = OperatorKind::Attention;
        scores.what = Operation::AttentionScores;
        scores.flops = 2 * heads * (r + a.qk_rope_head_dim) * pairs(a.span) * m_step.batch;
        scores.activation_bytes =
            (rows() * static_cast<double>(heads * (r + a.qk_rope_head_dim)) + score_numbers) *
            activation_bytes_per_number;
        scores.cache_bytes = latent_row * static_cast<double>(r + a.qk_rope_head_dim);
        emit(scores);
        element_wise(Operation::AttentionSoftmax, 2 * score_numbers, 1);
        Operator values;
        values.kind = OperatorKind::Attention;
        values.what = Operation::AttentionValues;
        values.flops = 2 * heads * r * pairs(a.span) * m_step.batch;
        values.activation_bytes =
            (rows() * static_cast<double>(heads * r) + score_numbers) * activation_bytes_per_number;
        values.cache_bytes = latent_row * static_cast<double>(r);
        emit(values);
    }

    void work(const DenseFeedForward& f) {
        const Wide h = m_spec.hidden_size;
        const Wide i = ceil_div(f.intermediate_size, m_tp);
        const Wide up = f.gated ? 2 * i : i;
        linear(f.gated ? Operation::GateUpProj : Operation::UpProj, FeedForward, m_rows, h, up);
        element_wise(Operation::Activation, rows() * static_cast<double>(up + i), dense_kernels);
        linear(Operation::DownProj, FeedForward, m_rows, i, h);
    }

    void work(const MixtureOfExperts& f) {
        const Wide h = m_spec.hidden_size;
        linear(Operation::Router, Router, m_rows, h, f.num_experts);
        const double assignments = rows() * static_cast<double>(f.num_experts_per_tok);
        // Whole experts are spread over the expert group; within it the tensor group splits
        // columns. A group wider than the tensor group serves several replicas of the attention.
        const std::int64_t split = std::max(m_tp, m_ep);
        const std::int64_t served = split / m_tp;
        routing(f, assignments * static_cast<double>(served), split);
        if (m_ep > 1) {
            // Each device sends its tokens to their experts and gets the results back.
            const double sent = assignments / static_cast<double>(std::min(m_tp, m_ep)) * hidden() *
                                activation_bytes_per_number;
            communication(Operation::AllToAll, sent, m_ep, 2);
        }
        const double experts =
            m_step.all_experts ? static_cast<double>(f.num_experts)
                               : expected_distinct_experts(f.num_experts, f.num_experts_per_tok,
                                                           rows() * static_cast<double>(served));
        const Wide routed_rows =
            m_rows * served * (m_step.all_experts ? f.num_experts : f.num_experts_per_tok);
        expert(Operation::ExpertsGateUpProj, routed_rows, h, 2 * wide(f.moe_intermediate_size),
               experts, split);
        expert(Operation::ExpertsDownProj, routed_rows, f.moe_intermediate_size, h, experts, split);
        if (f.shared_intermediate_size > 0) {
            const Wide s = ceil_div(f.shared_intermediate_size, m_tp);
            linear(Operation::SharedGateUpProj, SharedExperts, m_rows, h, 2 * s);
            linear(Operation::SharedDownProj, SharedExperts, m_rows, s, h);
        }
    }

    /// What surrounds the experts of one device: scores of its own tokens, and its part of
    /// `assignments` (token, expert). Whole experts on other devices take theirs along; columns of
    /// an expert on other devices need every row.
    void routing(const MixtureOfExperts& f, double assignments, std::int64_t split) {
        const double rows_here = assignments / static_cast<double>(m_ep) * hidden();
        Operator op;
        op.kind = OperatorKind::ElementWise;
        op.what = Operation::Routing;
        op.launches = routing_kernels;
        const double plain = rows() * static_cast<double>(f.num_experts) +
                             gathered_numbers * rows_here +
                             3 * assignments * static_cast<double>(f.moe_intermediate_size) /
                                 static_cast<double>(split);
        const double added = added_numbers * rows_here;
        op.activation_bytes = (plain + added) * activation_bytes_per_number;
        op.memory_share = (plain + added) / (plain + addition_cost * added);
        emit(op);
    }

    void expert(Operation what, Wide rows_all, Wide in, Wide out, double experts_touched,
                std::int64_t split) {
        const NumberFormat format = m_formats.weights_of(ParameterGroup::Experts);
        Operator op;
        op.kind = OperatorKind::Expert;
        op.what = what;
        op.in = static_cast<double>(in);
        op.out = static_cast<double>(out);
        op.flops = divide_up(2 * rows_all * in * out, split);
        op.weight_bytes = experts_touched * static_cast<double>(in * out) *
                          bytes_per_number(format) / static_cast<double>(split);
        op.activation_bytes = static_cast<double>(rows_all * (in + out)) /
                              static_cast<double>(split) * activation_bytes_per_number;
        op.format = format;
        op.experts = experts_touched / static_cast<double>(split);
        op.rows_per_expert = static_cast<double>(rows_all) / std::max(1.0, experts_touched);
        const double row_tiles = expected_row_tiles(op.rows_per_expert);
        op.compute_share = op.rows_per_expert / (tile_rows * row_tiles);
        op.tiles = op.experts * std::ceil(static_cast<double>(out) / tile_columns) * row_tiles;
        emit(op);
    }

    void work(const PlainSum& /*sum*/) {} // fused with the norms

    void work(const AltUpSpec& a) {
        const Wide h = m_spec.hidden_size;
        const Wide n = a.num_inputs;
        linear(Operation::LaurelLeft, Other, m_rows, h, a.laurel_rank);
        linear(Operation::LaurelRight, Other, m_rows, a.laurel_rank, h);
        linear(Operation::ModalityRouter, Router, m_rows, h, n); // for the prediction
        linear(Operation::ModalityRouter, Router, m_rows, h, n); // and again for the correction
        linear(Operation::PredictionCoefs, Other, m_rows, n, n * n);
        linear(Operation::CorrectionCoefs, Other, m_rows, n, n);
        linear(Operation::AltUpPredict, Other, m_rows, n * n,
               h); // streams mixed: h x n by n x n for each token
        linear(Operation::PerLayerInputGate, PerLayerEmbedding, m_rows, h, a.per_layer_input);
        linear(Operation::PerLayerProjection, PerLayerEmbedding, m_rows, a.per_layer_input, h);
        element_wise(Operation::AltUpStreams,
                     6 * rows() * hidden() * static_cast<double>(a.num_inputs), 6);
    }

    void head() {
        const Wide h = m_spec.hidden_size;
        element_wise(Operation::FinalNorm, 2 * rows() * hidden(), 1);
        if (const AltUpSpec* altup = altup_of(m_spec)) {
            for (std::int64_t i = 1; i < altup->num_inputs; ++i) {
                linear(Operation::AltUpUnembedProjection, Embedding, m_rows, h, h);
            }
        }
        if (m_spec.naming == TensorNaming::Bert) {
            linear(Operation::HeadTransform, Other, m_rows, h, h);
        }
        const Wide rows_out = m_step.head_for_last_only ? wide(m_step.batch) : m_rows;
        linear(Operation::LmHead, m_spec.tie_word_embeddings ? Embedding : LmHead, rows_out, h,
               ceil_div(m_spec.vocab_size, m_tp));
    }

    const ModelSpec& m_spec;
    const Step& m_step;
    const Formats& m_formats;
    FunctionRef<void(const Operator&)> m_visit;
    std::int64_t m_tp;
    std::int64_t m_ep;
    Wide m_rows;
    std::int32_t m_kind = -1;
    std::int32_t m_sub_layer = -1;
    std::int64_t m_count = 1;
};

/// Sum of 1 + 2 + ... with at most `limit` per term: pairs of the first `n` tokens under a window.
Wide window_pairs(Wide n, Wide limit) {
    const Wide ramp = std::min(n, limit);
    return divide(ramp * (ramp + 1), 2) + (n - ramp) * limit;
}

/// Pairs of the first `n` tokens when each sees its own block of `chunk`.
Wide chunk_pairs(Wide n, Wide chunk) {
    const Wide rest = n - divide(n, chunk) * chunk;
    return divide(n, chunk) * divide(chunk * (chunk + 1), 2) + divide(rest * (rest + 1), 2);
}

} // namespace

std::string_view to_string(OperatorKind kind) {
    switch (kind) {
    case OperatorKind::Linear:
        return "linear";
    case OperatorKind::Attention:
        return "attention";
    case OperatorKind::Expert:
        return "experts";
    case OperatorKind::ElementWise:
        return "element_wise";
    case OperatorKind::Communication:
        return "communication";
    }
    return {};
}

std::string_view to_string(Operation operation) {
    switch (operation) {
    case Operation::EmbedTokens:
        return "embed_tokens";
    case Operation::PerLayerModelProjection:
        return "per_layer_model_projection";
    case Operation::AltUpProjection:
        return "altup_projection";
    case Operation::Norms:
        return "norms";
    case Operation::QkvProj:
        return "qkv_proj";
    case Operation::QProj:
        return "q_proj";
    case Operation::QAProj:
        return "q_a_proj";
    case Operation::QBProj:
        return "q_b_proj";
    case Operation::KvAProj:
        return "kv_a_proj";
    case Operation::KvBProj:
        return "kv_b_proj";
    case Operation::RotaryAndNorm:
        return "rotary_and_norm";
    case Operation::ExpandLatent:
        return "expand_latent";
    case Operation::QAbsorb:
        return "q_absorb";
    case Operation::Attention:
        return "attention";
    case Operation::AttentionScores:
        return "attention.scores";
    case Operation::AttentionSoftmax:
        return "attention.softmax";
    case Operation::AttentionValues:
        return "attention.values";
    case Operation::VAbsorb:
        return "v_absorb";
    case Operation::OProj:
        return "o_proj";
    case Operation::GateUpProj:
        return "gate_up_proj";
    case Operation::UpProj:
        return "up_proj";
    case Operation::Activation:
        return "activation";
    case Operation::DownProj:
        return "down_proj";
    case Operation::Router:
        return "router";
    case Operation::Routing:
        return "routing";
    case Operation::ExpertsGateUpProj:
        return "experts.gate_up_proj";
    case Operation::ExpertsDownProj:
        return "experts.down_proj";
    case Operation::SharedGateUpProj:
        return "shared_experts.gate_up_proj";
    case Operation::SharedDownProj:
        return "shared_experts.down_proj";
    case Operation::LaurelLeft:
        return "laurel.linear_left";
    case Operation::LaurelRight:
        return "laurel.linear_right";
    case Operation::ModalityRouter:
        return "altup.modality_router";
    case Operation::PredictionCoefs:
        return "altup.prediction_coefs";
    case Operation::CorrectionCoefs:
        return "altup.correction_coefs";
    case Operation::AltUpPredict:
        return "altup.predict";
    case Operation::PerLayerInputGate:
        return "per_layer_input_gate";
    case Operation::PerLayerProjection:
        return "per_layer_projection";
    case Operation::AltUpStreams:
        return "altup";
    case Operation::FinalNorm:
        return "final_norm";
    case Operation::AltUpUnembedProjection:
        return "altup_unembed_projection";
    case Operation::HeadTransform:
        return "cls.transform";
    case Operation::LmHead:
        return "lm_head";
    case Operation::AllReduce:
        return "all_reduce";
    case Operation::AllToAll:
        return "all_to_all";
    case Operation::Send:
        return "send";
    case Operation::GroupedProduct:
        return "product";
    }
    return {};
}

const SubLayer& sub_layer_of(const ModelSpec& spec, const Operator& op) {
    return spec.sub_layer_of({op.layer_kind, op.sub_layer, 1});
}

double expected_distinct_experts(std::int64_t num_experts, std::int64_t num_experts_per_tok,
                                 double tokens) {
    const auto e = static_cast<double>(num_experts);
    const double missed = 1.0 - static_cast<double>(num_experts_per_tok) / e;
    return missed <= 0 ? e : e * (1.0 - std::pow(missed, tokens));
}

Wide attended_pairs(const AttentionSpan& span, std::int64_t tokens, std::int64_t past,
                    bool is_causal) {
    const Wide all = wide(tokens) + past;
    if (!is_causal) {
        return wide(tokens) * all;
    }
    switch (span.kind) {
    case SpanKind::Full:
        return window_pairs(all, all) - window_pairs(past, past);
    case SpanKind::Sliding:
        return window_pairs(all, span.size) - window_pairs(past, span.size);
    case SpanKind::Chunked:
        return chunk_pairs(all, span.size) - chunk_pairs(past, span.size);
    }
    return 0;
}

void for_each_operator(const ModelSpec& spec, const Step& step, const Formats& formats,
                       const Deployment& deployment, FunctionRef<void(const Operator&)> visit) {
    StepWriter(spec, step, formats, deployment, visit).each_kind();
}

void for_each_distinct_operator(const ModelSpec& spec, const Step& step, const Formats& formats,
                                const Deployment& deployment,
                                FunctionRef<void(const Operator&)> visit) {
    StepWriter(spec, step, formats, deployment, visit).each_distinct_part();
}

std::int64_t step_flops(const ModelSpec& spec, const Step& step) {
    Wide sum = 0;
    for_each_distinct_operator(spec, step, {}, {},
                               [&](const Operator& op) { sum += op.flops * op.count; });
    return narrow(sum);
}

std::int64_t rotary_product_flops(const ModelSpec& spec, std::int64_t tokens) {
    // A table is made once per distinct setting, however many layers use it.
    std::vector<RotarySpec> tables;
    for (const LayerKind& kind : spec.kinds) {
        const RotarySpec* rotary = rotary_of(kind.spec);
        if (rotary != nullptr && std::find(tables.begin(), tables.end(), *rotary) == tables.end()) {
            tables.push_back(*rotary);
        }
    }
    Wide sum = 0;
    for (const RotarySpec& table : tables) {
        sum += 2 * wide(table.rotary_dim / 2) * tokens;
    }
    return narrow(sum);
}

} // namespace headroom
