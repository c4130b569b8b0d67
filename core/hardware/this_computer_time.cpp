// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/this_computer_time.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

/// Mean error of the estimate over designs, contexts and lengths (docs/accuracy.md): what moves
/// between the caches of two threads and what one operator leaves behind for the next are left out.
constexpr double model_error = 0.18;

constexpr double heads_per_reading = 4;         ///< heads that share one reading of a key
constexpr std::int64_t tokens_alone = 8;        ///< so few tokens' norms stay on one thread
constexpr double operator_bytes_per_number = 2; ///< what the operator list counts activations in

struct HeadShape {
    double heads = 0;
    double kv_heads = 0;
    bool is_latent = false;
};

HeadShape heads_of(const LayerSpec& layer) {
    return std::visit(
        Overloaded{
            [](const GroupedQueryAttention& a) {
                return HeadShape{static_cast<double>(a.num_attention_heads),
                                 static_cast<double>(a.num_key_value_heads), false};
            },
            [](const LatentAttention& a) {
                return HeadShape{static_cast<double>(a.num_attention_heads), 1.0, true};
            },
        },
        layer.attention);
}

AttentionSpan span_of(const LayerSpec& layer) {
    return std::visit([](const auto& attention) { return attention.span; }, layer.attention);
}

/// Adds up the operators of one run of tokens through the layers.
class StepTimer {
public:
    StepTimer(const ModelSpec& spec, const Step& step, NumberFormat weights,
              const ComputerProfile& computer, EngineTime& time)
        : m_spec(spec)
        , m_step(step)
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
        const LayerSpec& layer = m_spec.kinds[static_cast<std::size_t>(op.layer_kind)].spec;
        return static_cast<double>(std::get<MixtureOfExperts>(layer.feed_forward).num_experts);
    }

    void add(const Operator& op) {
        const double count = static_cast<double>(op.count);
        const double working = work_s(op);
        m_time.by_kind[static_cast<std::size_t>(op.kind)] += count * working;
        // What is shorter than the waiting stays on one thread.
        m_time.waiting_s +=
            count * regions(op) * std::min(m_computer.region_s, (m_threads - 1) * working);
    }

    /// Seconds of the work itself, all threads together.
    [[nodiscard]] double work_s(const Operator& op) const {
        switch (op.kind) {
        case OperatorKind::Linear:
            return product_s(op, static_cast<double>(op.flops) / (2 * op.in * op.out), 1,
                             m_working_set);
        case OperatorKind::Expert:
            return product_s(op, op.rows_per_expert, op.experts, m_resident);
        case OperatorKind::Attention:
            return attention_s(op);
        case OperatorKind::ElementWise:
            return element_s(op);
        case OperatorKind::Communication:
            return 0;
        }
        return 0;
    }

    /// `matrices` products of `rows` rows each. One row streams through the weights. More rows
    /// multiply while weights arrive, which hides a part of the smaller time. From two row tiles
    /// for each thread on every thread reads all weights for rows of its own.
    [[nodiscard]] double product_s(const Operator& op, double rows, double matrices,
                                   double working_set) const {
        constexpr double rows_of_its_own = 24;
        const double moving =
            op.weight_bytes / m_computer.reading_bytes_per_s(op.format, working_set);
        if (rows <= 1) {
            const double panels = matrices * std::ceil(static_cast<double>(op.out) / panel_columns);
            return moving + panels * m_computer.panel_s / m_threads;
        }
        const double readers =
            op.kind == OperatorKind::Linear && rows >= rows_of_its_own * m_threads ? m_threads : 1;
        const double computing =
            static_cast<double>(op.flops) / m_computer.product_flops_per_s(op.format, rows, op.in);
        return readers > 1 ? computing + readers * moving : std::hypot(computing, moving);
    }

    [[nodiscard]] double attention_s(const Operator& op) const {
        const HeadShape heads =
            heads_of(m_spec.kinds[static_cast<std::size_t>(op.layer_kind)].spec);
        const AttentionSpan span =
            span_of(m_spec.kinds[static_cast<std::size_t>(op.layer_kind)].spec);
        const auto tokens = static_cast<double>(m_step.tokens);
        const double pairs =
            static_cast<double>(attended_pairs(span, m_step.tokens, m_step.past)) * heads.heads;
        // Both products of a pair are as long as `dim` on average.
        const double dim = static_cast<double>(op.flops) / (4 * pairs);
        const double keys = pairs / heads.heads / tokens;
        const double moving =
            op.cache_bytes / m_computer.reading_bytes_per_s(NumberFormat::Fp32, m_working_set);
        if (m_step.tokens > 1) {
            // Keys and values in view are read, packed, written (which reads what lay there) and
            // read again.
            constexpr double times_moved = 4;
            const double packed = op.cache_bytes / 4;
            return (pairs * m_computer.attention_pair_s(dim, keys, 0) +
                    packed * m_computer.packing_s) /
                       m_threads +
                   times_moved * moving;
        }
        const double group = heads.heads / heads.kv_heads;
        const double together = std::min(heads_per_reading, group);
        const double tasks = heads.kv_heads * std::ceil(group / heads_per_reading);
        // Tasks are whole: three of them on two threads take as long as four.
        const double workers = tasks / std::ceil(tasks / m_threads);
        const double computing =
            pairs * m_computer.attention_pair_s(dim, keys, static_cast<std::int64_t>(together)) /
            workers;
        return computing + moving; // scores, then weights, then values: each waits for its rows
    }

    [[nodiscard]] double element_s(const Operator& op) const {
        const double numbers = op.activation_bytes / operator_bytes_per_number;
        const double workers = m_step.tokens > tokens_alone ? m_threads : 1;
        if (op.name == "activation") { // fused into the product, hence spread over all threads
            constexpr double numbers_per_activation = 3; // gate, up and what comes out
            return numbers / numbers_per_activation * m_computer.activation_s / m_threads;
        }
        if (op.name == "attention.softmax") {
            return 0; // part of the pairs' time
        }
        constexpr double numbers_per_element = 2; // read and written
        return numbers / numbers_per_element * m_computer.element_s / workers;
    }

    /// Times that all threads are woken for the operator.
    [[nodiscard]] double regions(const Operator& op) const {
        const bool many = m_step.tokens > tokens_alone;
        switch (op.kind) {
        case OperatorKind::Linear:
            return op.name == "q_absorb" || op.name == "v_absorb" ? 0 : 1;
        case OperatorKind::Expert:
            return 1;
        case OperatorKind::Attention:
            return op.name == "attention.values" ? 0 : (many ? 2 : 1);
        case OperatorKind::ElementWise:
            return many && op.name != "activation" ? 2 : 0;
        case OperatorKind::Communication:
            return 0;
        }
        return 0;
    }

    const ModelSpec& m_spec;
    const Step& m_step;
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
