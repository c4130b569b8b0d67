// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validation/validation_plan.h"

#include "core/accounting/operators.h"
#include "core/accounting/parameters.h"
#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"
#include "core/this_computer/this_computer_time.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace headroom {
namespace {

/// Positions up to which a step costs what the operator list says: beyond the trained length of
/// dynamic rope every token runs all earlier ones again.
std::int64_t most_positions(const ModelSpec& spec) {
    if (spec.learned_positions > 0) {
        return spec.learned_positions;
    }
    for (const LayerKind& kind : spec.kinds) {
        const RotarySpec* rotary = rotary_of(kind.spec);
        if (rotary != nullptr && rotary->type == RopeType::Dynamic) {
            return spec.max_position_embeddings;
        }
    }
    return std::numeric_limits<std::int64_t>::max();
}

/// A stop request is heard between layers: a chunk of the prompt should keep a layer busy for less
/// than a tenth of a second.
std::int64_t chunk_for(const ModelSpec& spec) {
    constexpr double multiplies_per_chunk = 2.5e9;
    constexpr std::int64_t least = 32;
    constexpr std::int64_t most = 512;
    const Result<ParameterReport> count = count_parameters(spec);
    const double per_layer =
        count ? static_cast<double>(count->active) / static_cast<double>(spec.num_layers())
              : multiplies_per_chunk;
    return std::clamp(static_cast<std::int64_t>(multiplies_per_chunk / std::max(1.0, per_layer)),
                      least, most);
}

/// What the engine executes again for each token of earlier chunks: keys and values that are made
/// from the latent anew.
std::int64_t flops_again(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention&) { return std::int64_t{0}; },
                          [](const LatentAttention& a) {
                              return 2 * a.kv_lora_rank * a.num_attention_heads *
                                     (a.qk_nope_head_dim + a.v_head_dim);
                          },
                          [](const DenseFeedForward&) { return std::int64_t{0}; },
                          [](const MixtureOfExperts&) { return std::int64_t{0}; },
                      },
                      kind);
}

} // namespace

std::int64_t ValidationPlan::tokens_after_prompt() const {
    return std::accumulate(batches.begin(), batches.end(), decode_steps);
}

ValidationPlan plan_validation(const ModelSpec& spec, const ValidationOptions& options) {
    ValidationPlan plan;
    plan.rounds = std::max(1, options.repeats);
    plan.contexts = options.contexts;
    plan.timing_seconds = options.timing_seconds;
    for (const std::int64_t batch : options.batches) {
        if (batch > 1) {
            plan.batches.push_back(batch);
        }
    }
    for (std::vector<std::int64_t>* list : {&plan.contexts, &plan.batches}) {
        std::sort(list->begin(), list->end());
        list->erase(std::unique(list->begin(), list->end()), list->end());
        list->erase(list->begin(), std::lower_bound(list->begin(), list->end(), 1));
    }
    const std::int64_t positions = most_positions(spec);
    while (!plan.batches.empty() && plan.tokens_after_prompt() >= positions / 2) {
        plan.batches.pop_back();
    }
    plan.decode_steps = std::min(plan.decode_steps, std::max<std::int64_t>(1, positions / 4));
    const std::int64_t room = positions - plan.tokens_after_prompt();
    while (!plan.contexts.empty() && plan.contexts.back() > room) {
        plan.contexts.pop_back();
    }
    if (plan.contexts.empty()) {
        plan.contexts.push_back(std::max<std::int64_t>(1, std::min<std::int64_t>(room, 128)));
    }
    if (options.seconds > 0) { // what was asked for is not spent on repeats alone
        plan.timing_seconds = std::min(
            plan.timing_seconds, options.seconds / 2 / static_cast<double>(plan.contexts.size()));
    }
    plan.engine.threads = options.threads;
    plan.engine.prefill_chunk = chunk_for(spec);
    plan.engine.context = plan.contexts.back() + plan.tokens_after_prompt();
    plan.engine.memory_limit = options.memory_bytes;
    plan.engine.count_expert_tokens = true;
    return plan;
}

std::int64_t validation_context(const ValidationOptions& options) {
    std::int64_t tokens = ValidationPlan{}.decode_steps;
    for (const std::int64_t batch : options.batches) {
        tokens += std::max<std::int64_t>(0, batch);
    }
    if (!options.contexts.empty()) {
        tokens += std::max<std::int64_t>(
            0, *std::max_element(options.contexts.begin(), options.contexts.end()));
    }
    return static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(tokens)));
}

double estimated_step_seconds(const ModelSpec& spec, const ValidationPlan& plan,
                              const ComputerProfile* computer, std::int64_t tokens,
                              std::int64_t past) {
    constexpr double slow_flops_per_s = 5e9;
    if (computer != nullptr) {
        return engine_time(spec, {tokens, past, plan.engine.prefill_chunk}, *computer).seconds;
    }
    Step step;
    step.phase = tokens > 1 ? Phase::Prefill : Phase::Decode;
    step.tokens = tokens;
    step.past = past;
    return static_cast<double>(step_flops(spec, step)) / slow_flops_per_s;
}

double estimated_prompt_seconds(const ModelSpec& spec, const ValidationPlan& plan,
                                const ComputerProfile* computer, std::int64_t context) {
    return estimated_step_seconds(spec, plan, computer, context, 0) +
           static_cast<double>(plan.decode_steps) *
               estimated_step_seconds(spec, plan, computer, 1, context);
}

double estimated_round_seconds(const ModelSpec& spec, const ValidationPlan& plan,
                               const ComputerProfile* computer, std::int64_t context) {
    double seconds = estimated_prompt_seconds(spec, plan, computer, context);
    for (const std::int64_t batch : plan.batches) {
        seconds += estimated_step_seconds(spec, plan, computer, batch, context);
    }
    return seconds;
}

int timed_rounds(const ModelSpec& spec, const ValidationPlan& plan, const ComputerProfile* computer,
                 std::int64_t context) {
    constexpr double most = 200;
    const double wanted =
        plan.timing_seconds / estimated_round_seconds(spec, plan, computer, context);
    return std::max(plan.rounds, static_cast<int>(std::ceil(std::min(wanted, most))));
}

double estimated_seconds(const ModelSpec& spec, const ValidationPlan& plan,
                         const ComputerProfile* computer) {
    double seconds = 0;
    for (const std::int64_t context : plan.contexts) {
        seconds += estimated_round_seconds(spec, plan, computer, context) *
                   (timed_rounds(spec, plan, computer, context) + 1);
    }
    return seconds;
}

std::int64_t planned_prefill_flops(const ModelSpec& spec, std::int64_t tokens, std::int64_t chunk) {
    std::int64_t flops = 0;
    for (std::int64_t past = 0; past < tokens; past += chunk) {
        Step step;
        step.phase = tokens - past > 1 && chunk > 1 ? Phase::Prefill : Phase::Decode;
        step.tokens = std::min(chunk, tokens - past);
        step.past = past;
        flops += step_flops(spec, step);
        if (step.phase == Phase::Prefill) {
            for (const LayerPart& part : spec.parts) {
                flops += part.count * past * flops_again(spec.sub_layer_of(part).kind);
            }
        }
    }
    return flops;
}

} // namespace headroom
