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
using enum FigureUnit;

double real(std::int64_t n) {
    return static_cast<double>(n);
}

constexpr std::array table = {
    Figure{"parameters_total", Count, Better::Neither, false,
           [](A a) { return real(a.parameters.total); }},
    Figure{"parameters_active", Count, Better::Less, false,
           [](A a) { return real(a.parameters.active); }},
    Figure{"kv_bytes_per_token", Bytes, Better::Less, false,
           [](A a) { return real(a.kv.bytes_per_token); }},
    Figure{"kv_bytes_at_context", Bytes, Better::Less, false,
           [](A a) { return real(a.kv.bytes_at_context); }},
    Figure{"kv_bytes_read_per_decode_step", Bytes, Better::Less, false,
           [](A a) { return real(a.kv.bytes_read_per_decode_step); }},
    Figure{"weights_bytes", Bytes, Better::Less, false,
           [](A a) { return real(a.memory.weights_bytes); }},
    Figure{"total_bytes", Bytes, Better::Less, false,
           [](A a) { return real(a.memory.total_bytes); }},
    Figure{"per_gpu_bytes", Bytes, Better::Less, false,
           [](A a) { return real(a.memory.per_gpu_bytes); }},
    Figure{"max_batch", Sequences, Better::More, false,
           [](A a) { return real(a.memory.max_batch); }},
    Figure{"max_context", Tokens, Better::More, false,
           [](A a) { return real(a.memory.max_context); }},
    Figure{"prefill_flops", Flops, Better::Less, false,
           [](A a) { return real(a.flops.prefill_causal); }},
    Figure{"decode_flops", Flops, Better::Less, false,
           [](A a) { return real(a.flops.decode_step); }},
    Figure{"time_to_first_token_ms", Milliseconds, Better::Less, true,
           [](A a) { return a.throughput.time_to_first_token_s * 1e3; }, prefill_error},
    Figure{"time_per_output_token_ms", Milliseconds, Better::Less, true,
           [](A a) { return a.throughput.time_per_output_token_s * 1e3; }, decode_error},
    Figure{"tokens_per_second", TokensPerSecond, Better::More, true,
           [](A a) { return a.throughput.tokens_per_second; }, decode_error},
    Figure{"tokens_per_second_per_user", TokensPerSecond, Better::More, true,
           [](A a) { return a.throughput.tokens_per_second_per_user; }, decode_error},
};

} // namespace

std::span<const Figure> figures() {
    return table;
}

const Figure* find_figure(std::string_view id) {
    const auto it =
        std::find_if(table.begin(), table.end(), [&](const Figure& f) { return f.id == id; });
    return it == table.end() ? nullptr : &*it;
}

} // namespace headroom
