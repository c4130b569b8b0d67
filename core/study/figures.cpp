// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/figures.h"

#include <algorithm>
#include <array>

namespace headroom {
namespace {

double decode_error(const Analysis& a) {
    return a.throughput.decode_error;
}
double prefill_error(const Analysis& a) {
    return a.throughput.prefill_error;
}

using A = const Analysis&;
using V = FieldValue;
using enum FigureUnit;
using enum Better;

// Times leave out the weights of norms, next to nothing beside the activations.
// What each figure follows is held against an analysis with each field changed in turn.
constexpr std::string_view cache = "context kv";
constexpr std::string_view replica = "batch prompt context weights kv";
constexpr std::string_view device_memory = "batch prompt context weights kv devices "
                                           "tensor_parallel pipeline_parallel expert_parallel";
constexpr std::string_view fitting = "batch prompt context weights kv device devices "
                                     "tensor_parallel pipeline_parallel expert_parallel";
constexpr std::string_view largest_batch = "prompt context weights kv device devices "
                                           "tensor_parallel pipeline_parallel expert_parallel";
constexpr std::string_view longest_context = "batch prompt weights kv device devices "
                                             "tensor_parallel pipeline_parallel expert_parallel";
constexpr std::string_view decode_time_fields = "batch context weights -norm kv device devices "
                                                "tensor_parallel pipeline_parallel expert_parallel";
constexpr std::string_view prefill_time_fields =
    "batch prompt weights -norm kv device devices "
    "tensor_parallel pipeline_parallel expert_parallel";

constexpr auto table = std::to_array<Figure>({
    {"parameters_total", Count, Neither, InBoth, "", "parameters",
     [](A a) -> V { return a.parameters.total; }},
    {"parameters_active", Count, Less, InBoth, "", "active_parameters",
     [](A a) -> V { return a.parameters.active; }},
    {"kv_bytes_per_token", Bytes, Less, InHeadline, "kv", "kv_cache",
     [](A a) -> V { return a.kv.bytes_per_token; }},
    {"kv_bytes_at_context", Bytes, Less, InChart, cache, "kv_cache",
     [](A a) -> V { return a.kv.bytes_at_context; }},
    {"kv_bytes_read_per_decode_step", Bytes, Less, Nowhere, cache, "kv_cache",
     [](A a) -> V { return a.kv.bytes_read_per_decode_step; }},
    {"weights_bytes", Bytes, Less, Nowhere, "weights", "memory",
     [](A a) -> V { return a.memory.weights_bytes; }},
    {"total_bytes", Bytes, Less, Nowhere, replica, "memory",
     [](A a) -> V { return a.memory.total_bytes; }},
    {"per_gpu_bytes", Bytes, Less, InBoth, device_memory, "memory",
     [](A a) -> V { return a.memory.per_gpu_bytes; }},
    {"fits", YesNo, More, Nowhere, fitting, "", [](A a) -> V { return a.memory.fits; }},
    {"max_batch", Sequences, More, Nowhere, largest_batch, "",
     [](A a) -> V { return a.memory.max_batch; }},
    {"max_context", Tokens, More, Nowhere, longest_context, "",
     [](A a) -> V { return a.memory.max_context; }},
    {"prefill_flops", Flops, Less, InChart, "prompt", "flops",
     [](A a) -> V { return a.flops.prefill_causal; }},
    {"decode_flops", Flops, Less, InChart, "context", "flops",
     [](A a) -> V { return a.flops.decode_step; }},
    {"training_flops_per_token", Flops, Less, Nowhere, "prompt", "",
     [](A a) -> V { return a.training.flops_per_token; }},
    {"time_to_first_token_ms", Milliseconds, Less, InBoth, prefill_time_fields,
     "time_to_first_token", [](A a) -> V { return a.throughput.time_to_first_token_s * 1e3; },
     prefill_error},
    {"time_per_output_token_ms", Milliseconds, Less, InBoth, decode_time_fields,
     "time_per_output_token", [](A a) -> V { return a.throughput.time_per_output_token_s * 1e3; },
     decode_error},
    {"tokens_per_second", TokensPerSecond, More, InBoth, decode_time_fields,
     "time_per_output_token", [](A a) -> V { return a.throughput.tokens_per_second; },
     decode_error},
    {"tokens_per_second_per_user", TokensPerSecond, More, Nowhere, decode_time_fields,
     "time_per_output_token", [](A a) -> V { return a.throughput.tokens_per_second_per_user; },
     decode_error},
});

/// Whether `word` is one of those between spaces.
bool holds_word(std::string_view words, std::string_view word) {
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        if (words.substr(at, end - at) == word) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

} // namespace

std::span<const Figure> figures() {
    return table;
}

const Figure* find_figure(std::string_view id) {
    const auto it =
        std::find_if(table.begin(), table.end(), [&](const Figure& f) { return f.id == id; });
    return it == table.end() ? nullptr : &*it;
}

std::string figure_names() {
    std::string names;
    for (const Figure& figure : table) {
        names += (names.empty() ? "" : " ") + std::string(figure.id);
    }
    return names;
}

bool follows(const Figure& figure, const ScenarioField& field) {
    return is_role(field) ? holds_word(figure.follows, "weights") &&
                                !holds_word(figure.follows, "-" + std::string(field.id))
                          : holds_word(figure.follows, field.id);
}

bool follows_deployment(const Figure& figure) {
    const auto fields = scenario_fields();
    return std::any_of(fields.begin(), fields.end(), [&](const ScenarioField& field) {
        return part_of(field) == ScenarioPart::Deployment && follows(figure, field);
    });
}

} // namespace headroom
