// SPDX-License-Identifier: GPL-3.0-or-later
// Memory for inference: weights by tensor and format, cache, workspace, and what one device holds.
#include "core/explain/derivation_dims.h"
#include "core/explain/explain_sentences.h"

#include <algorithm>

namespace headroom::derive {
namespace {

constexpr const char* memory_unit = "bytes";

Derivation weights(const ModelSpec& spec, const Analysis& analysis) {
    const Formats& formats = analysis.scenario.formats;
    Derivation node = over_tensors(spec, "weights_bytes", memory_unit, [&](const TensorSpec& t) {
        std::optional<Derivation> leaf;
        if (t.usage != Usage::Buffer) {
            leaf = in_bytes(short_name(t.name), dimensions(spec, t, false),
                            formats.weights_of(t.role));
        }
        return leaf;
    });
    set_value(node, analysis.memory.weights_bytes);
    return node;
}

Derivation cache(const ModelSpec& spec, const Analysis& analysis) {
    Derivation one = kv_cache(spec, analysis);
    std::erase_if(one.children, [](const Derivation& child) { return child.aside; });
    std::vector<Derivation> factors;
    factors.push_back(integer("batch", analysis.scenario.workload.batch, "sequences"));
    factors.push_back(std::move(one));
    Derivation node = product("kv_bytes", std::move(factors), memory_unit);
    set_value(node, analysis.memory.kv_bytes);
    return node;
}

/// Residual stream and widest intermediate of the tokens in flight, and logits.
Derivation workspace(const ModelSpec& spec, const Analysis& analysis) {
    const Workload& w = analysis.scenario.workload;
    const WorkspaceParts parts = workspace_parts(spec, w.batch, w.prompt);
    std::vector<Derivation> children;
    children.push_back(product_of(
        "activations",
        {Factor{"tokens in flight", text(parts.tokens), parts.tokens, {}}, number(2),
         Factor{"(4 * hidden_size + widest)",
                "(4 * " + text(wide(spec.hidden_size)) + " + " + text(parts.widest) + ")",
                4 * wide(spec.hidden_size) + parts.widest,
                {"hidden_size"}}},
        memory_unit));
    children.back().note = explain_says<"widest-of-token">();
    children.push_back(product_of("logits",
                                  {Factor{"batch", text(wide(w.batch)), w.batch, {}}, number(4),
                                   field("vocab_size", spec.vocab_size)},
                                  memory_unit));
    Derivation node = sum("workspace_bytes", std::move(children), memory_unit);
    set_value(node, analysis.memory.workspace_bytes);
    return node;
}

Derivation per_device(const Analysis& analysis) {
    const MemoryReport& m = analysis.memory;
    std::vector<Derivation> children;
    children.push_back(integer("per_gpu_weights_bytes", m.per_gpu_weights_bytes, memory_unit));
    children.back().note = explain_says<"replicated">();
    children.push_back(integer("per_gpu_kv_bytes", m.per_gpu_kv_bytes, memory_unit));
    children.back().note = explain_says<"kv-split">();
    children.push_back(integer("per_gpu_workspace_bytes", m.per_gpu_workspace_bytes, memory_unit));
    Derivation node = sum("per_gpu_bytes", std::move(children), memory_unit);
    set_value(node, m.per_gpu_bytes);
    return beside(std::move(node),
                  m.fits ? explain_says<"fits">() : explain_says<"does-not-fit">());
}

} // namespace

Derivation memory(const ModelSpec& spec, const Analysis& analysis) {
    std::vector<Derivation> children;
    children.push_back(weights(spec, analysis));
    children.push_back(cache(spec, analysis));
    children.push_back(workspace(spec, analysis));
    Derivation root = sum("memory", std::move(children), memory_unit);
    set_value(root, analysis.memory.total_bytes);
    root.note = explain_says<"one-replica">();
    root.children.push_back(per_device(analysis));
    root.children.push_back(
        beside(integer("device_bytes", analysis.memory.device_bytes, memory_unit),
               explain_says<"device-has">()));
    root.children.push_back(beside(integer("max_batch", analysis.memory.max_batch, "sequences"),
                                   explain_says<"largest-batch">()));
    root.children.push_back(beside(integer("max_context", analysis.memory.max_context, "tokens"),
                                   explain_says<"longest-context">()));
    return root;
}

} // namespace headroom::derive
