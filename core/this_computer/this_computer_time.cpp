// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/this_computer/this_computer_time.h"

#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"
#include "core/this_computer/engine_cuts.h"
#include "core/this_computer/this_computer_attention.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

/// Mean error of the estimate over designs, contexts and lengths (docs/accuracy.md): what moves
/// between the caches of two threads and what one operator leaves behind for the next are left out.
constexpr double model_error = 0.18;

constexpr std::int64_t tokens_together = 8;     ///< of element-wise work that stay on one thread
constexpr double operator_bytes_per_number = 2; ///< what the operator list counts activations in

/// Adds up the operators of one run of tokens through the layers.
class StepTimer {
public:
    StepTimer(const ModelSpec& spec, const Step& step, NumberFormat weights,
              const ComputerProfile& computer, EngineTime& time)
        : m_spec(spec)
        , m_step(step)
        , m_weights(weights)
        , m_computer(computer)
        , m_time(time)
        , m_threads(std::max(1, computer.threads)) {
        const Formats formats{weights, NumberFormat::Fp32, std::nullopt};
        // What one token reads comes round again with the next; experts that another token chose
        // lie in between as well.
        for_each_operator(spec, step, formats, {}, [&](const Operator& op) {
            const double bytes = (op.weight_bytes + op.cache_bytes) * static_cast<double>(op.count);
            const bool is_expert = op.kind == OperatorKind::Expert && op.experts > 0;
            m_working_set += bytes;
            m_resident += is_expert ? bytes / op.experts * experts_in(op) : bytes;
        });
        for_each_operator(spec, step, formats, {}, [&](const Operator& op) { add(op); });
    }

private:
    [[nodiscard]] double experts_in(const Operator& op) const {
        return static_cast<double>(experts_of(kind_of(op))->num_experts);
    }

    [[nodiscard]] const SubLayerKind& kind_of(const Operator& op) const {
        return sub_layer_of(m_spec, op).kind;
    }

    void add(const Operator& op) {
        const double count = static_cast<double>(op.count);
        const Work work = work_of(op);
        m_time.by_kind[static_cast<std::size_t>(op.kind)] += count * work.seconds;
        m_time.waiting_s += count * work.regions * m_computer.region_s;
    }

    /// Seconds of all threads together, and how often they are woken.
    struct Work {
        double seconds = 0;
        double regions = 0;
    };

    [[nodiscard]] Work work_of(const Operator& op) const {
        switch (op.kind) {
        case OperatorKind::Linear:
            if (is_part_of_latent_attention(op)) {
                return {};
            }
            return linear(op, static_cast<double>(op.flops) / (2 * op.in * op.out));
        case OperatorKind::Expert:
            return experts(op);
        case OperatorKind::Attention:
            return attention(op);
        case OperatorKind::ElementWise:
            return elements(op);
        case OperatorKind::Communication:
            return {};
        }
        return {};
    }

    /// Counted with the attention that they are woven into.
    [[nodiscard]] static bool is_part_of_latent_attention(const Operator& op) {
        return op.what == Operation::QAbsorb || op.what == Operation::VAbsorb ||
               op.what == Operation::KvBProj || op.what == Operation::AttentionValues ||
               op.what == Operation::AttentionSoftmax || op.what == Operation::ExpandLatent;
    }

    /// One thread reads the whole of what comes out, to make the next product's rows ready.
    [[nodiscard]] static bool feeds_activation(const Operator& op) {
        return op.what == Operation::GateUpProj || op.what == Operation::UpProj ||
               op.what == Operation::SharedGateUpProj;
    }

    /// What a sub-layer returns is normed, so that it cannot be added to the stream on its way.
    [[nodiscard]] bool adds_normed_branches(const Operator& op) const {
        const LayerSpec& layer = m_spec.kinds[static_cast<std::size_t>(op.layer_kind)].spec;
        return std::any_of(layer.sub_layers.begin(), layer.sub_layers.end(),
                           [](const SubLayer& sub) { return sub.norms.input && sub.norms.output; });
    }

    /// Work items of a product: panels of outputs by tiles of rows.
    [[nodiscard]] double items(double rows, double panels) const {
        return panels * std::ceil(rows / static_cast<double>(m_computer.tile_rows));
    }

    /// Weights as they lie in memory, the last panel whole.
    [[nodiscard]] static double padded_share(const Operator& op) {
        return std::ceil(op.out / static_cast<double>(panel_columns)) *
               static_cast<double>(panel_columns) / op.out;
    }

    [[nodiscard]] Work linear(const Operator& op, double rows) const {
        constexpr double worthwhile = 1 << 15; // multiply-adds that a second thread is woken for
        const double panels = std::ceil(op.out / static_cast<double>(panel_columns));
        const double height = tile_height(rows, static_cast<double>(m_computer.tile_rows));
        const double workers = workers_for(
            items(rows, panels),
            std::floor(worthwhile / (op.in * static_cast<double>(panel_columns) * height)),
            m_threads);
        const bool own_rows =
            packs_its_own_rows(static_cast<std::int64_t>(rows), m_computer.threads);
        const double sharing = own_rows ? m_threads : workers;
        // Threads that share the outputs read rows that one of them made ready, and leave parts of
        // the result behind. A thread with rows of its own has written them itself. The parts go to
        // all threads, which share what follows, or after gate and up to the one thread that makes
        // the rows of the down projection ready.
        const double readers = feeds_activation(op) ? 1 : m_threads;
        const double numbers =
            !own_rows && sharing > 1 ? rows * (op.in + op.out * foreign_share() / readers) : 0.0;
        return {product_s(op, rows, 1, m_working_set, sharing, own_rows) + exchange_s(numbers),
                sharing > 1 ? 1.0 : 0.0};
    }

    [[nodiscard]] Work experts(const Operator& op) const {
        // With many experts each thread takes whole ones, both products in one go.
        const bool whole = op.experts >= 4 * m_threads;
        const double rows = op.rows_per_expert;
        const double panels = op.experts * std::ceil(op.out / static_cast<double>(panel_columns));
        constexpr double grain = 2;
        const double workers =
            whole ? m_threads : workers_for(items(rows, panels), grain, m_threads);
        const double regions = whole ? 0.5 : workers > 1 ? 1.0 : 0.0;
        const auto product = [&](double each) {
            return product_s(op, each, op.experts, m_resident, workers, whole);
        };
        // An expert's rows come from all tokens, and go back to them.
        const double exchanged =
            regions > 0
                ? exchange_s(op.experts * rows * (op.in + op.out) * foreign_share() / workers)
                : 0.0;
        if (rows > 1 && rows < 2) { // some get one row, some two
            return {exchanged + (2 - rows) * product(1) + (rows - 1) * product(2), regions};
        }
        return {exchanged + product(rows), regions};
    }

    /// Of what all threads wrote, the part that a thread did not write itself.
    [[nodiscard]] double foreign_share() const { return (m_threads - 1) / m_threads; }
    [[nodiscard]] double exchange_s(double numbers) const {
        constexpr double bytes = 4;
        return numbers * bytes * m_computer.exchange_s;
    }

    /// `matrices` products of `rows` rows each on `workers` threads. One row streams through the
    /// weights. More rows multiply while weights arrive, which hides a part of the smaller time;
    /// they are made ready first, by all threads or by one. With rows of its own every thread reads
    /// all weights.
    [[nodiscard]] double product_s(const Operator& op, double rows, double matrices,
                                   double working_set, double workers, bool packs_apart) const {
        const double padded = padded_share(op);
        const double alone = m_threads / workers; // rates are those of all threads
        // What every thread reads whole has to fit into the part of a cache that is its own.
        const bool all_read_all = op.kind == OperatorKind::Linear && packs_apart;
        const double moving = padded * op.weight_bytes * alone /
                              m_computer.reading_bytes_per_s(
                                  op.format, all_read_all ? m_threads * working_set : working_set);
        if (rows <= 1) {
            const double panels = matrices * std::ceil(op.out / static_cast<double>(panel_columns));
            return moving + panels * m_computer.panel_s / workers;
        }
        const double computing = padded * 2 * matrices * rows * op.in * op.out * alone /
                                 m_computer.product_flops_per_s(op.format, rows, op.in);
        const double packing =
            matrices * rows * op.in * m_computer.packing_s / (packs_apart ? workers : 1);
        return packing + std::hypot(computing, all_read_all ? m_threads * moving : moving);
    }

    [[nodiscard]] Work attention(const Operator& op) const {
        if (is_part_of_latent_attention(op)) {
            return {};
        }
        const AttentionTimer timer(m_computer, m_step.tokens, m_step.past, m_working_set,
                                   m_weights);
        const double seconds = std::visit(
            Overloaded{
                [&](const GroupedQueryAttention& a) { return timer.seconds(a, op.cache_bytes); },
                [&](const LatentAttention& a) { return timer.seconds(a, op.cache_bytes); },
                [](const DenseFeedForward&) { return 0.0; },
                [](const MixtureOfExperts&) { return 0.0; },
            },
            kind_of(op));
        const double numbers =
            op.activation_bytes / operator_bytes_per_number * foreign_share() / m_threads;
        return {seconds + exchange_s(numbers), m_step.tokens > 1 ? 2.0 : 1.0};
    }

    [[nodiscard]] Work elements(const Operator& op) const {
        const double numbers = op.activation_bytes / operator_bytes_per_number;
        const auto tokens = static_cast<double>(m_step.tokens);
        const auto hidden = static_cast<double>(m_spec.hidden_size);
        const double workers = workers_for(tokens, static_cast<double>(tokens_together), m_threads);
        const double regions = workers > 1 ? 1 : 0;
        if (op.what ==
            Operation::Activation) { // fused into the product, hence spread over all threads
            constexpr double numbers_per_activation = 3; // gate, up and what comes out
            return {numbers / numbers_per_activation * m_computer.activation_s / m_threads, 0};
        }
        if (is_part_of_latent_attention(op)) {
            return {};
        }
        if (op.what == Operation::Norms || op.what == Operation::FinalNorm) {
            // Read and written; sandwiched branches are added to the stream besides.
            const double rows = numbers / (2 * hidden);
            const bool adds = op.what == Operation::Norms && adds_normed_branches(op);
            const double sums = adds ? rows / 2 * hidden * m_computer.element_s : 0;
            return {(rows * m_computer.norm_s(hidden) + sums) / workers,
                    regions * rows / tokens * (adds ? 1.5 : 1.0)};
        }
        if (op.what == Operation::RotaryAndNorm) {
            return {tokens *
                        std::visit([&](const auto& kind) { return head_s(kind); }, kind_of(op)) /
                        workers,
                    regions};
        }
        if (op.what == Operation::Routing) {
            const MixtureOfExperts& mixture = *experts_of(kind_of(op));
            const double choice = static_cast<double>(mixture.num_experts) * m_computer.routing_s;
            const double sum =
                static_cast<double>(mixture.num_experts_per_tok) * m_computer.norm_s(hidden);
            const double activation =
                static_cast<double>(mixture.num_experts_per_tok * mixture.moe_intermediate_size) *
                m_computer.activation_s;
            return {tokens * ((choice + sum) / workers + activation / m_threads), 2 * regions};
        }
        constexpr double numbers_per_element = 2; // read and written
        return {numbers / numbers_per_element * m_computer.element_s / workers, regions};
    }

    /// One thread: norms and rotation of one token's heads.
    [[nodiscard]] double head_s(const GroupedQueryAttention& a) const {
        const auto heads =
            static_cast<double>(a.num_attention_heads + (a.shares_kv ? 0 : a.num_key_value_heads));
        const auto dim = static_cast<double>(a.head_dim);
        double seconds = 0;
        if (a.qk_norm == QkNorm::FullWidth) {
            seconds += 2 * m_computer.norm_s(heads * dim / 2);
        } else if (a.qk_norm != QkNorm::None) {
            seconds += heads * m_computer.norm_s(dim);
        }
        if (a.v_norm) {
            seconds += static_cast<double>(a.num_key_value_heads) * m_computer.norm_s(dim);
        }
        return seconds + (a.rotary ? heads * rotation_s(*a.rotary) : 0.0);
    }
    [[nodiscard]] double head_s(const LatentAttention& a) const {
        const double low_rank =
            a.q_lora_rank ? m_computer.norm_s(static_cast<double>(*a.q_lora_rank)) : 0.0;
        return low_rank + m_computer.norm_s(static_cast<double>(a.kv_lora_rank)) +
               static_cast<double>(a.num_attention_heads + 1) * rotation_s(a.rotary);
    }
    [[nodiscard]] static double head_s(const DenseFeedForward& /*f*/) { return 0; }
    [[nodiscard]] static double head_s(const MixtureOfExperts& /*f*/) { return 0; }
    [[nodiscard]] double rotation_s(const RotarySpec& rotary) const {
        const double vectors = std::ceil(static_cast<double>(rotary.rotary_dim) / 2 /
                                         static_cast<double>(m_computer.vector_numbers));
        return vectors * m_computer.rotation_s;
    }

    const ModelSpec& m_spec;
    const Step& m_step;
    NumberFormat m_weights;
    const ComputerProfile& m_computer;
    EngineTime& m_time;
    double m_threads;
    double m_working_set = 0; ///< bytes that one step reads
    double m_resident = 0;    ///< the same with all experts
};

void finish(EngineTime& time, const ComputerProfile& computer) {
    time.seconds = time.waiting_s;
    for (const double part : time.by_kind) {
        time.seconds += part;
    }
    time.error = std::hypot(model_error, computer.spread);
    time.low_s = time.seconds / (1 + time.error);
    time.high_s = time.seconds * (1 + time.error);
}

void add_scaled(EngineTime& sum, const EngineTime& part, double times) {
    for (std::size_t i = 0; i < sum.by_kind.size(); ++i) {
        sum.by_kind[i] += times * part.by_kind[i];
    }
    sum.waiting_s += times * part.waiting_s;
}

} // namespace

EngineTime engine_time(const ModelSpec& spec, const EngineStep& step,
                       const ComputerProfile& computer) {
    EngineTime time;
    const std::int64_t chunk = std::max<std::int64_t>(1, step.chunk);
    for (std::int64_t done = 0; done < step.tokens; done += chunk) {
        Step part;
        part.tokens = std::min(chunk, step.tokens - done);
        part.past = step.past + done;
        part.phase = part.tokens == 1 ? Phase::Decode : Phase::Prefill;
        part.head_for_last_only = !step.logits_for_all;
        StepTimer(spec, part, step.weights, computer, time);
    }
    finish(time, computer);
    return time;
}

EngineForecast engine_forecast(const ModelSpec& spec, const Workload& workload,
                               NumberFormat weights, const ComputerProfile& computer) {
    const auto batch = static_cast<double>(workload.batch);
    EngineForecast forecast;
    EngineStep prompt;
    prompt.tokens = workload.prompt;
    prompt.weights = weights;
    add_scaled(forecast.prefill, engine_time(spec, prompt, computer), batch);
    finish(forecast.prefill, computer);

    EngineStep token;
    token.weights = weights;
    token.past = std::max<std::int64_t>(0, workload.context - 1);
    forecast.decode = engine_time(spec, token, computer);

    // The cost of a token grows almost evenly with its position: the middle one stands for all.
    token.past = workload.prompt + workload.output / 2;
    add_scaled(forecast.generation, engine_time(spec, token, computer),
               batch * static_cast<double>(workload.output));
    finish(forecast.generation, computer);
    return forecast;
}

} // namespace headroom
