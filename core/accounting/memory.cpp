// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/memory.h"

#include "core/accounting/accounting_sentences.h"
#include "core/accounting/kept.h"
#include "core/accounting/scenario_fields.h"
#include "core/accounting/tensor_table.h"
#include "core/base/overloaded.h"
#include "core/base/wide.h"
#include "core/config/layer_queries.h"

#include <algorithm>
#include <vector>

namespace headroom {
namespace {

/// Tokens that are in flight at once: serving engines cut longer prompts into chunks.
constexpr std::int64_t prefill_chunk = 8192;
constexpr std::int64_t stream_copies = 4; ///< in, out and two norms

Argument nearest_divisors(std::int64_t n, std::int64_t wanted) {
    std::int64_t below = 1;
    std::int64_t above = n;
    for (std::int64_t d = 1; d <= n && d <= 65536; ++d) {
        if (n % d == 0) {
            if (d <= wanted) {
                below = d;
            } else {
                above = d;
                break;
            }
        }
    }
    return below == above ? Argument(below) : base_says<"either">(below, above);
}

Error uneven(const char* field, std::int64_t found, const Argument& what, std::int64_t n) {
    return {{},
            field,
            found_expected(
                found, accounting_says<"divisor-nearest">(what, n, nearest_divisors(n, found)))};
}

/// Numbers of one token that the kind has at the same time at most: Q, K and V, keys expanded from
/// a latent, or what a feed-forward makes of its gate, its input and both.
Wide widest_result(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention& a) {
                              return wide(a.head_dim) *
                                     (a.num_attention_heads + 2 * a.num_key_value_heads);
                          },
                          [](const LatentAttention& a) {
                              return wide(a.num_attention_heads) *
                                     (2 * (a.qk_nope_head_dim + a.qk_rope_head_dim) + a.v_head_dim);
                          },
                          [](const DenseFeedForward& f) { return 3 * wide(f.intermediate_size); },
                          [](const MixtureOfExperts& f) {
                              return 3 * (wide(f.num_experts_per_tok) * f.moe_intermediate_size +
                                          f.shared_intermediate_size);
                          },
                      },
                      kind);
}

Wide widest_result(const ModelSpec& spec) {
    Wide widest = 0;
    for (const LayerPart& part : spec.parts) {
        widest = std::max(widest, widest_result(spec.sub_layer_of(part).kind));
    }
    return widest;
}

/// The workspace by batch and prompt; what depends on neither is found once.
class WorkspaceModel {
public:
    WorkspaceModel(const ModelSpec& spec, std::int64_t tensor_parallel)
        : m_widest(widest_result(spec))
        , m_numbers(stream_copies * wide(spec.hidden_size) + divide_up(m_widest, tensor_parallel))
        , m_logits(divide_up(spec.vocab_size, tensor_parallel)) {}

    [[nodiscard]] WorkspaceParts at(std::int64_t batch, std::int64_t prompt) const {
        constexpr std::int64_t bf16 = 2;
        constexpr std::int64_t fp32 = 4;
        WorkspaceParts parts;
        parts.tokens = std::min<Wide>(wide(batch) * prompt, std::max(batch, prefill_chunk));
        parts.widest = m_widest;
        parts.activations = parts.tokens * bf16 * m_numbers;
        parts.logits = wide(batch) * fp32 * m_logits;
        return parts;
    }

private:
    Wide m_widest;
    Wide m_numbers; ///< of one token
    Wide m_logits;  ///< of one sequence
};

/// Everything about memory that does not depend on batch and context, so that the search for the
/// largest of them is cheap. One instance per design, formats and deployment.
class MemoryModel {
public:
    MemoryModel(const ModelSpec& spec, const Formats& formats, const Deployment& deployment)
        : m_spec(spec)
        , m_formats(formats)
        , m_tp(std::max<std::int64_t>(1, deployment.tensor_parallel))
        , m_pp(std::max<std::int64_t>(1, deployment.pipeline_parallel))
        , m_workspace(spec, 1)
        , m_device_workspace(spec, m_tp) {
        m_replicas = std::max<std::int64_t>(1, deployment.devices / (m_tp * m_pp));
        m_expert_split = std::max(m_tp, deployment.expert_parallel);
        for_each_outside_tensor(spec, [&](const TensorSpec& t) { add_outside(t); });
        m_parts.reserve(spec.parts.size());
        m_kept.reserve(spec.parts.size());
        for (std::size_t i = 0; i < spec.parts.size(); ++i) {
            PartBytes& part = m_parts.emplace_back();
            for_each_part_tensor(spec, i, [&](const TensorSpec& t) { add(t, part); });
            m_kept.push_back(kept_by(spec, spec.sub_layer_of(spec.parts[i]).kind));
        }
        for (std::size_t i = 0; i < spec.residuals.size(); ++i) {
            PartBytes& part = m_residuals.emplace_back();
            for_each_residual_tensor(spec, i, [&](const TensorSpec& t) { add(t, part); });
        }
        stages();
    }

    [[nodiscard]] MemoryReport at(std::int64_t batch, std::int64_t prompt,
                                  std::int64_t context) const {
        const std::int64_t local_batch = (batch + m_replicas - 1) / m_replicas;
        MemoryReport report;
        Wide kv = 0;
        for (std::size_t i = 0; i < m_kept.size(); ++i) {
            for (const KeptEntry& entry : m_kept[i]) {
                kv += stored_bytes(entry, context, m_formats.kv) * m_spec.parts[i].count;
            }
        }
        report.weights_bytes = narrow(m_weights);
        report.kv_bytes = narrow(kv * batch);
        report.workspace_bytes = narrow(m_workspace.at(batch, prompt).sum());
        report.total_bytes =
            narrow(wide(report.weights_bytes) + report.kv_bytes + report.workspace_bytes);

        for (const Stage& stage : m_stages) {
            DeviceBytes bytes = device_bytes(stage, local_batch, prompt, context);
            if (bytes.sum() > report.per_gpu_bytes) {
                bytes.replicated_kv = replicated_kv(stage, bytes, local_batch, context);
                report.per_gpu_bytes = narrow(bytes.sum());
                report.per_gpu_weights_bytes = narrow(bytes.weights);
                report.per_gpu_kv_bytes = narrow(bytes.kv);
                report.per_gpu_workspace_bytes = narrow(bytes.workspace);
                report.per_gpu_replicated_weights_bytes = narrow(stage.weights.replicated);
                report.per_gpu_replicated_kv_bytes = narrow(bytes.replicated_kv);
            }
        }
        return report;
    }

    /// Whether every device holds its part.
    [[nodiscard]] bool fits(std::int64_t batch, std::int64_t prompt, std::int64_t context,
                            std::int64_t capacity) const {
        const std::int64_t local_batch = (batch + m_replicas - 1) / m_replicas;
        return std::all_of(m_stages.begin(), m_stages.end(), [&](const Stage& stage) {
            return device_bytes(stage, local_batch, prompt, context).sum() <= capacity;
        });
    }

private:
    /// Weights that one device keeps.
    struct PartBytes {
        Wide device = 0;
        Wide replicated = 0; ///< of them, what others of the group hold too
        PartBytes& operator+=(const PartBytes& other) {
            device += other.device;
            replicated += other.replicated;
            return *this;
        }
        [[nodiscard]] PartBytes times(std::int64_t count) const {
            return {device * count, replicated * count};
        }
    };
    /// Layers whose caches grow alike. The search for the largest batch and context asks for
    /// nothing else, and there are fewer of them than kinds of layers.
    struct KvGroup {
        KeptEntry entry; ///< on one device
        KeptEntry whole; ///< on all devices of the tensor group together
        std::int64_t layers = 0;
    };
    struct Stage {
        PartBytes weights;
        std::vector<std::int64_t> layers; ///< of each kind
        std::vector<KvGroup> kv;
    };
    struct DeviceBytes {
        Wide weights = 0;
        Wide kv = 0;
        Wide workspace = 0;
        Wide replicated_kv = 0;
        [[nodiscard]] Wide sum() const { return weights + kv + workspace; }
    };

    [[nodiscard]] DeviceBytes device_bytes(const Stage& stage, std::int64_t local_batch,
                                           std::int64_t prompt, std::int64_t context) const {
        DeviceBytes bytes{stage.weights.device, 0, m_device_workspace.at(local_batch, prompt).sum(),
                          0};
        for (const KvGroup& group : stage.kv) {
            bytes.kv += stored_bytes(group.entry, context, m_formats.kv) * group.layers;
        }
        bytes.kv *= local_batch;
        return bytes;
    }

    void add_kept(Stage& stage, const KeptEntry& entry, std::int64_t layers) const {
        if (entry.is_shared || layers == 0) {
            return;
        }
        for (KvGroup& group : stage.kv) {
            if (group.whole == entry) {
                group.layers += layers;
                return;
            }
        }
        stage.kv.push_back({on_device(entry, m_tp), entry, layers});
    }

    /// What of the cache the rest of the tensor group holds too.
    [[nodiscard]] Wide replicated_kv(const Stage& stage, const DeviceBytes& bytes,
                                     std::int64_t local_batch, std::int64_t context) const {
        Wide once = 0;
        for (const KvGroup& group : stage.kv) {
            once += stored_bytes(group.whole, context, m_formats.kv) * group.layers;
        }
        once = divide_up(once * local_batch, m_tp);
        return std::max<Wide>(0, bytes.kv - once);
    }

    /// Adds what one device keeps of the tensor, and the whole of it to the model's weights.
    void add(const TensorSpec& t, PartBytes& part) {
        if (t.usage == Usage::Buffer) {
            return;
        }
        const NumberFormat format = m_formats.weights_of(t.role);
        const Wide elements = t.elements() * t.copies;
        const Wide group = t.usage == Usage::Routed ? m_expert_split : m_tp;
        const Wide split = devices_of(t);
        const Wide device = bytes_of(divide_up(elements, split), format);
        m_weights += bytes_of(elements, format) * t.layers;
        part.device += device;
        if (split != group) {
            part.replicated += device - bytes_of(divide_up(elements, group), format);
        }
    }

    void add_outside(const TensorSpec& t) {
        const bool at_start = t.usage == Usage::Lookup || t.role == ParameterGroup::Embedding ||
                              t.role == ParameterGroup::PerLayerEmbedding;
        PartBytes bytes;
        add(t, bytes);
        (at_start ? m_first : m_last) += bytes;
        if (m_pp > 1 && m_spec.tie_word_embeddings && t.slot == TensorSlot::TokenEmbedding) {
            // a tied head needs its copy on the last stage
            m_last += PartBytes{bytes.device, bytes.device};
        }
    }

    /// Devices of a pipeline stage that share one copy of the tensor.
    [[nodiscard]] std::int64_t devices_of(const TensorSpec& t) const {
        if (t.usage == Usage::Routed) {
            return m_expert_split;
        }
        switch (t.sharing) {
        case Sharing::Even:
            return m_tp;
        case Sharing::KvHeads:
            return std::min(m_tp, kv_heads_of(sub_layer_of(m_spec, t).kind));
        case Sharing::Whole:
            break;
        }
        return 1;
    }

    void stages() {
        const std::int64_t layers = m_spec.num_layers();
        std::int64_t first = 0;
        for (std::int64_t s = 0; s < m_pp; ++s) {
            Stage stage;
            stage.layers.resize(m_spec.kinds.size());
            const std::int64_t size = layers / m_pp + (s < layers % m_pp ? 1 : 0);
            if (m_pp == 1) {
                for (std::size_t k = 0; k < m_spec.kinds.size(); ++k) {
                    stage.layers[k] = m_spec.kinds[k].count;
                }
            } else {
                for (std::int64_t i = first; i < first + size; ++i) {
                    ++stage.layers[m_spec.kind_of_layer[static_cast<std::size_t>(i)]];
                }
            }
            first += size;
            if (s == 0) {
                stage.weights += m_first;
            }
            if (s == m_pp - 1) {
                stage.weights += m_last;
            }
            for (std::size_t k = 0; k < m_spec.kinds.size(); ++k) {
                const LayerKind& kind = m_spec.kinds[k];
                for (std::size_t i = 0; i < kind.spec.sub_layers.size(); ++i) {
                    stage.weights += m_parts[kind.parts[i]].times(stage.layers[k]);
                    for (const KeptEntry& entry : m_kept[kind.parts[i]]) {
                        add_kept(stage, entry, stage.layers[k]);
                    }
                }
                stage.weights += m_residuals[kind.residual].times(stage.layers[k]);
            }
            m_stages.push_back(std::move(stage));
        }
    }

    const ModelSpec& m_spec;
    const Formats& m_formats;
    std::int64_t m_tp;
    std::int64_t m_pp;
    WorkspaceModel m_workspace;
    WorkspaceModel m_device_workspace;
    std::int64_t m_replicas = 1;
    std::int64_t m_expert_split = 1;
    Wide m_weights = 0; ///< of the whole model, once
    PartBytes m_first;  ///< outside the layers, on the first stage of a pipeline
    PartBytes m_last;
    std::vector<PartBytes> m_parts; ///< of one layer, as spec.parts
    std::vector<PartBytes> m_residuals;
    std::vector<KeptList> m_kept; ///< as spec.parts
    std::vector<Stage> m_stages;
};

Status check_heads(std::int64_t heads, std::int64_t kv_heads, std::int64_t tp) {
    if (heads % tp != 0) {
        return uneven("tensor_parallel", tp, "num_attention_heads", heads);
    }
    if (kv_heads % tp != 0 && tp % kv_heads != 0) {
        return uneven("tensor_parallel", tp, "num_key_value_heads", kv_heads);
    }
    return std::monostate{};
}

Status check_experts(const MixtureOfExperts& moe, std::int64_t tp, std::int64_t ep) {
    if (moe.num_experts % ep != 0) {
        return uneven("expert_parallel", ep, "num_experts", moe.num_experts);
    }
    if (ep % tp != 0 && tp % ep != 0) {
        return Error{
            {},
            "expert_parallel",
            found_expected(ep, accounting_says<"multiple-or-divisor">("tensor_parallel", tp))};
    }
    const std::int64_t columns = std::max<std::int64_t>(1, tp / ep);
    if (moe.moe_intermediate_size % columns != 0) {
        return uneven("tensor_parallel", columns, "moe_intermediate_size",
                      moe.moe_intermediate_size);
    }
    if (moe.shared_intermediate_size % tp != 0) {
        return uneven("tensor_parallel", tp, accounting_says<"shared-width">(),
                      moe.shared_intermediate_size);
    }
    return std::monostate{};
}

/// Whether devices can share the sub-layer so.
Status check_split(const SubLayerKind& kind, const Deployment& d) {
    const std::int64_t tp = d.tensor_parallel;
    return std::visit(
        Overloaded{
            [&](const GroupedQueryAttention& a) {
                return check_heads(a.num_attention_heads, a.num_key_value_heads, tp);
            },
            [&](const LatentAttention& a) { return check_heads(a.num_attention_heads, 1, tp); },
            [&](const DenseFeedForward& f) -> Status {
                if (f.intermediate_size % tp != 0) {
                    return uneven("tensor_parallel", tp, "intermediate_size", f.intermediate_size);
                }
                return std::monostate{};
            },
            [&](const MixtureOfExperts& f) { return check_experts(f, tp, d.expert_parallel); },
        },
        kind);
}

/// Largest n in [0, limit] with fits(n), for a predicate that holds up to some n.
template <class Fits>
std::int64_t largest(std::int64_t limit, Fits&& fits) {
    std::int64_t low = 0;
    std::int64_t high = 1;
    while (high <= limit && fits(high)) {
        low = high;
        high *= 2;
    }
    high = std::min(high, limit + 1);
    while (high - low > 1) {
        const std::int64_t middle = low + (high - low) / 2;
        (fits(middle) ? low : high) = middle;
    }
    return low;
}

} // namespace

Status check_deployment(const ModelSpec& spec, const Deployment& d) {
    if (Status status = check_ranges(d); !status) {
        return status;
    }
    if (d.devices % (d.tensor_parallel * d.pipeline_parallel) != 0) {
        return uneven("tensor_parallel", d.tensor_parallel * d.pipeline_parallel,
                      accounting_says<"number-of-devices">(), d.devices);
    }
    if (d.pipeline_parallel > spec.num_layers()) {
        return Error{{},
                     "pipeline_parallel",
                     found_expected(d.pipeline_parallel,
                                    accounting_says<"at-most-layers">(spec.num_layers()))};
    }
    if (d.expert_parallel > d.devices / d.pipeline_parallel) {
        return Error{{},
                     "expert_parallel",
                     found_expected(d.expert_parallel, accounting_says<"at-most-stage-devices">(
                                                           d.devices / d.pipeline_parallel))};
    }
    if (d.devices / d.pipeline_parallel % d.expert_parallel != 0) {
        return uneven("expert_parallel", d.expert_parallel, accounting_says<"stage-devices">(),
                      d.devices / d.pipeline_parallel);
    }
    for (const LayerPart& part : spec.parts) {
        if (Status status = check_split(spec.sub_layer_of(part).kind, d); !status) {
            return status;
        }
    }
    return std::monostate{};
}

WorkspaceParts workspace_parts(const ModelSpec& spec, std::int64_t batch, std::int64_t prompt) {
    return WorkspaceModel(spec, 1).at(batch, prompt);
}

std::int64_t weights_bytes(const ModelSpec& spec, const Formats& formats) {
    return MemoryModel(spec, formats, {}).at(1, 1, 1).weights_bytes;
}

Result<MemoryReport> memory_at(const ModelSpec& spec, const Scenario& scenario,
                               std::int64_t device_bytes) {
    if (Status status = check_deployment(spec, scenario.deployment); !status) {
        return status.error();
    }
    const Workload& w = scenario.workload;
    MemoryReport report =
        MemoryModel(spec, scenario.formats, scenario.deployment).at(w.batch, w.prompt, w.context);
    report.device_bytes = device_bytes;
    report.fits = report.per_gpu_bytes <= device_bytes;
    return report;
}

Result<MemoryReport> inference_memory(const ModelSpec& spec, const Scenario& scenario,
                                      std::int64_t device_bytes) {
    if (Status status = check_deployment(spec, scenario.deployment); !status) {
        return status.error();
    }
    const Workload& w = scenario.workload;
    const MemoryModel model(spec, scenario.formats, scenario.deployment);
    MemoryReport report = model.at(w.batch, w.prompt, w.context);
    report.device_bytes = device_bytes;
    report.fits = report.per_gpu_bytes <= device_bytes;
    report.max_batch = largest(std::int64_t{1} << 24, [&](std::int64_t batch) {
        return model.fits(batch, w.prompt, w.context, device_bytes);
    });
    report.max_context = largest(most_tokens, [&](std::int64_t context) {
        return model.fits(w.batch, std::min(w.prompt, context), context, device_bytes);
    });
    return report;
}

} // namespace headroom
