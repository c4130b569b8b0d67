// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validation/validation_run.h"

#include "core/accounting/parameters.h"
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/config/layer_queries.h"
#include "core/engine/memory.h"
#include "core/engine/thread_pool.h"
#include "core/validation/checkpoint_tensors.h"
#include "core/validation/predicted_rows.h"
#include "core/validation/validation_sentences.h"

#include <algorithm>

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

} // namespace

ValidationRun::ValidationRun(ValidationReport& report, const ValidationListener& listener,
                             const std::stop_token& stop)
    : m_report(report)
    , m_listener(listener)
    , m_stop(stop)
    , m_random(report.options.seed)
    , m_start(Clock::now())
    , m_run_start(m_start) {
    ValidationOptions& options = report.options;
    options.threads = ThreadPool::resolve(options.threads);
    if (options.memory_bytes <= 0) {
        options.memory_bytes = available_memory_bytes() / 2;
    }
}

const ComputerProfile* ValidationRun::computer() const {
    return m_report.options.computer ? &*m_report.options.computer : nullptr;
}

bool ValidationRun::has_experts() const {
    return experts_of(m_spec) != nullptr;
}

Status ValidationRun::shrink_design() {
    tell(ValidationStage::Shrinking, 0);
    const ValidationOptions& options = m_report.options;
    const auto memory = [&](const ModelConfig& config) -> Result<std::int64_t> {
        const Result<ModelSpec> spec = expand_layers(config);
        return spec ? engine_memory_bytes(config, plan_validation(*spec, options).engine)
                    : Result<std::int64_t>(spec.error());
    };
    const auto fits = [&](const ModelConfig& config) {
        if (m_stop.stop_requested()) {
            return true; // the search ends; the run then ends too
        }
        const Result<ModelSpec> spec = expand_layers(config);
        const Result<ParameterReport> count =
            spec ? count_parameters(*spec) : Result<ParameterReport>(spec.error());
        // Weights alone are looked at first: planning a design of a terabyte takes a while.
        if (!count || (options.parameters > 0 && count->total > options.parameters) ||
            count->total > options.memory_bytes / 4) {
            return false;
        }
        if (options.seconds > 0 && estimated_seconds(*spec, plan_validation(*spec, options),
                                                     computer()) > options.seconds) {
            return false;
        }
        const Result<std::int64_t> bytes = memory(config);
        return bytes.has_value() && *bytes <= options.memory_bytes;
    };
    // A design that the engine refuses is refused before anything is shrunk.
    Result<ShrunkDesign> least = shrink(m_report.original, validation_context(options),
                                        [](const ModelConfig&) { return false; });
    if (!least) {
        return least.error();
    }
    const Result<std::int64_t> needed = memory(least->config);
    if (!needed) {
        return needed.error();
    }
    if (*needed > options.memory_bytes) {
        return Error{"", "memory", validation_says<"limit-too-low">(options.memory_bytes, *needed)};
    }
    Result<ShrunkDesign> tiny = shrink(m_report.original, validation_context(options), fits);
    if (!tiny) {
        return tiny.error();
    }
    m_report.tiny = *std::move(tiny);
    return std::monostate{};
}

Status ValidationRun::load() {
    const Result<ModelSpec> spec = expand_layers(m_report.tiny.config);
    if (!spec) {
        return spec.error();
    }
    m_spec = *spec;
    m_plan = plan_validation(m_spec, m_report.options);
    m_plan.engine.stop = m_stop;
    m_total = static_cast<int>(m_plan.contexts.size()) +
              (has_experts() ? static_cast<int>(m_plan.batches.size()) + 1 : 0);
    for (const std::int64_t context : m_plan.contexts) {
        m_total +=
            computer() != nullptr ? timed_rounds(m_spec, m_plan, computer(), context) + 1 : 0;
    }
    m_estimated_total = estimated_total();
    if (computer() != nullptr) {
        m_report.processor = computer()->processor;
    }
    const std::vector<ValidationRow> rows = predicted_rows(m_spec, m_plan, computer());
    m_report.rows.insert(m_report.rows.end(), rows.begin(), rows.end());
    m_report.curves = predicted_curves(m_spec, m_plan, computer());
    tell(ValidationStage::Loading, 0);
    const Result<std::int64_t> bytes = engine_memory_bytes(m_report.tiny.config, m_plan.engine);
    if (!bytes) {
        return bytes.error();
    }
    m_report.memory_bytes = *bytes;
    Result<Engine> engine =
        m_report.folder.empty()
            ? Engine::random(m_report.tiny.config, m_report.options.seed, m_plan.engine)
            : Engine::load(m_report.folder, m_plan.engine);
    if (!engine) {
        return engine.error();
    }
    m_engine.emplace(*std::move(engine));
    return std::monostate{};
}

Status ValidationRun::run() {
    if (const Status loaded = load(); !loaded) {
        return loaded;
    }
    m_run_start = Clock::now();
    m_load = {};
    count_allocated();
    for (const std::int64_t context : m_plan.contexts) {
        if (const Status counted = count_steps(context); !counted) {
            return counted;
        }
    }
    if (has_experts()) {
        if (const Status drawn = draw_experts(); !drawn) {
            return drawn;
        }
    }
    if (computer() != nullptr) {
        return time_contexts();
    }
    return std::monostate{};
}

ValidationRow* ValidationRun::find(const RowKey& key) {
    const auto row = std::find_if(m_report.rows.begin(), m_report.rows.end(), [&](const auto& r) {
        return r.kind == key.kind && r.tokens == key.tokens && r.past == key.past &&
               r.layer == key.layer;
    });
    return row == m_report.rows.end() ? nullptr : &*row;
}

void ValidationRun::measured(const RowKey& key, const Measured& found) {
    if (ValidationRow* row = find(key)) {
        row->measured = found.value;
        row->fastest = found.fastest;
        row->slowest = found.slowest;
        row->repeats = found.repeats;
    }
}

double ValidationRun::estimated_total() const {
    double seconds = 0;
    for (const std::int64_t context : m_plan.contexts) {
        seconds += estimated_prompt_seconds(m_spec, m_plan, computer(), context);
    }
    if (computer() != nullptr) {
        seconds += estimated_seconds(m_spec, m_plan, computer());
    }
    if (has_experts()) {
        seconds += m_plan.draws * estimated_step_seconds(m_spec, m_plan, computer(), 1, 0);
        for (const std::int64_t batch : m_plan.batches) {
            seconds += m_plan.draws * estimated_step_seconds(m_spec, m_plan, computer(), batch, 0);
        }
    }
    return seconds;
}

void ValidationRun::tell(ValidationStage stage, std::int64_t tokens, double stage_share) {
    m_report.seconds = seconds_since(m_start);
    if (!m_listener) {
        return;
    }
    ValidationProgress progress;
    progress.stage = stage;
    progress.tokens = tokens;
    progress.done = m_done;
    progress.total = m_total;
    progress.share = stage_share;
    if (stage_share > 0) {
        progress.seconds_left = m_report.seconds * (1 - stage_share) / stage_share;
    }
    if (m_total > 0 && m_estimated_total > 0) {
        progress.share = std::min(1.0, m_estimated_done / m_estimated_total);
        // The estimate, corrected by how it has held so far.
        if (m_estimated_done > 0) {
            progress.seconds_left = seconds_since(m_run_start) / m_estimated_done *
                                    std::max(0.0, m_estimated_total - m_estimated_done);
        } else if (computer() != nullptr) {
            progress.seconds_left = m_estimated_total;
        }
    }
    m_listener(progress, m_report);
}

void ValidationRun::step_done(double predicted_seconds) {
    ++m_done;
    m_estimated_done += predicted_seconds;
}

/// splitmix64.
std::uint64_t ValidationRun::next_random() {
    m_random += 0x9e3779b97f4a7c15U;
    std::uint64_t z = m_random;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

std::span<const std::int32_t> ValidationRun::tokens(std::int64_t count) {
    m_tokens.clear();
    const auto vocabulary = static_cast<std::uint64_t>(m_spec.vocab_size);
    for (std::int64_t i = 0; i < count; ++i) {
        m_tokens.push_back(static_cast<std::int32_t>(next_random() % vocabulary));
    }
    return m_tokens;
}

namespace {

/// The report as it stays: what was measured, and why it ended early where it did.
ValidationReport finish(ValidationReport report, const Status& status,
                        const std::stop_token& stop) {
    std::erase_if(report.rows, [](const ValidationRow& row) { return !row.is_measured(); });
    if (!status) {
        report.failure = status.error();
        report.was_cancelled = stop.stop_requested();
    }
    return report;
}

} // namespace

ValidationReport validate_design(const std::string& name, const ModelConfig& config,
                                 const ValidationOptions& options,
                                 const ValidationListener& listener, const std::stop_token& stop) {
    ValidationReport report;
    report.name = name;
    report.original = config;
    report.options = options;
    ValidationRun run(report, listener, stop);
    Status status = run.find_computer();
    if (status) {
        status = run.shrink_design();
    }
    if (status) {
        status = run.run();
    }
    return finish(std::move(report), status, stop);
}

ValidationReport validate_checkpoint(const std::filesystem::path& folder,
                                     const ValidationOptions& options,
                                     const ValidationListener& listener,
                                     const std::stop_token& stop) {
    ValidationReport report;
    report.name = folder.filename().empty() ? folder.parent_path().filename().string()
                                            : folder.filename().string();
    report.folder = folder;
    report.options = options;
    ValidationRun run(report, listener, stop);
    const Result<ModelConfig> config = read_config(folder);
    if (!config) {
        return finish(std::move(report), config.error(), stop);
    }
    report.original = *config;
    report.tiny.config = *config;
    for (std::int64_t i = 0; i < config->num_hidden_layers; ++i) {
        report.tiny.source_layers.push_back(i);
    }
    Status status = compare_tensors(folder, report);
    if (status) {
        status = run.find_computer();
    }
    if (status) {
        status = run.run();
    }
    return finish(std::move(report), status, stop);
}

} // namespace headroom
