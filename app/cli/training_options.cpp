// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training_options.h"

#include "app/cli/failure.h"
#include "app/cli/inputs.h"
#include "app/cli/text_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace headroom::cli {

namespace {

constexpr std::array table{
    OptionSpec{"--optimizer", "NAME", "training: adamw (default), muon, adafactor or sgd"},
    OptionSpec{"--sequence", "N", "tokens of a training sequence (default: --prompt)"},
    OptionSpec{"--train-batch", "N", "sequences at a time on a device (default 1)"},
    OptionSpec{"--recompute", "WHAT",
               "activations computed again: none (default), selective, full"},
    OptionSpec{"--zero", "STAGE", "0 (default) to 3: what the data-parallel devices share"},
    OptionSpec{"--data-parallel", "N", "devices that share it (default: --gpus)"},
    OptionSpec{"--lora", "MODULES:RANK", "train adapters alone: q_proj,v_proj:16"},
    OptionSpec{"--flash-attention", "on|off", "off stores the attention matrix (default on)"},
    OptionSpec{
        "--framework", "NAME",
        "ideal (default): what the backward pass needs; pytorch: what PyTorch keeps, and the "
        "step's peak"},
    OptionSpec{"--loss", "WHAT",
               "logits: plain (default), chunked, fused (never stored), none (no head)"},
    OptionSpec{"--loss-chunk", "N", "tokens of a chunk of --loss chunked (default 1024)"},
    OptionSpec{
        "--optimizer-states", "WHAT",
        "mixed (default): fp32 with a master copy; bf16: as torch keeps them for bf16 weights"},
    OptionSpec{"--tokens", "N", "token budget: 15e12"},
    OptionSpec{"--utilization", "SHARE", "of the peak that training reaches (default 0.4)"},
};

constexpr std::array<std::pair<std::string_view, Optimizer>, 4> optimizers{{
    {"adamw", Optimizer::AdamW},
    {"muon", Optimizer::Muon},
    {"adafactor", Optimizer::Adafactor},
    {"sgd", Optimizer::Sgd},
}};

constexpr std::array<std::pair<std::string_view, Recomputation>, 3> recomputations{{
    {"none", Recomputation::None},
    {"selective", Recomputation::Selective},
    {"full", Recomputation::Full},
}};

constexpr std::array<std::pair<std::string_view, Framework>, 2> frameworks{{
    {"ideal", Framework::Ideal},
    {"pytorch", Framework::PyTorch},
}};

constexpr std::array<std::pair<std::string_view, Loss>, 4> losses{{
    {"plain", Loss::Plain},
    {"chunked", Loss::Chunked},
    {"fused", Loss::Fused},
    {"none", Loss::None},
}};

constexpr std::array<std::pair<std::string_view, OptimizerStates>, 2> stateFormats{{
    {"mixed", OptimizerStates::Mixed},
    {"bf16", OptimizerStates::Bf16},
}};

template <class Choices, class T>
void choose(const Arguments& arguments, std::string_view option, const Choices& choices,
            T& target) {
    const auto text = arguments.value(option);
    if (!text) {
        return;
    }
    std::string names;
    for (const auto& [name, value] : choices) {
        if (name == *text) {
            target = value;
            return;
        }
        names += (names.empty() ? "" : " ") + std::string(name);
    }
    failUsage(std::string(option) + ": found \"" + *text + "\", expected one of " + names);
}

template <class Choices, class T>
std::string_view nameOf(const Choices& choices, T value) {
    const auto it = std::find_if(choices.begin(), choices.end(),
                                 [&](const auto& choice) { return choice.second == value; });
    return it == choices.end() ? std::string_view{} : it->first;
}

/// "q_proj,v_proj:16"
Lora loraFrom(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    Lora lora;
    const char* end = text.data() + text.size();
    const char* digits = colon == std::string::npos ? end : text.data() + colon + 1;
    const auto [stop, error] = std::from_chars(digits, end, lora.rank);
    if (colon == std::string::npos || colon == 0 || error != std::errc{} || stop != end ||
        lora.rank < 1) {
        failUsage("--lora: found \"" + text + "\", expected MODULES:RANK, as in q_proj,v_proj:16");
    }
    lora.modules = splitList(std::string_view(text).substr(0, colon));
    return lora;
}

} // namespace

std::span<const OptionSpec> trainingOptions() {
    return table;
}

TrainingPlan trainingPlan(const Arguments& arguments, const LoadedModel& model,
                          const Scenario& scenario, const DeviceProfile& device) {
    constexpr std::int64_t most = std::int64_t{1} << 31;
    TrainingPlan plan;
    plan.devices = scenario.deployment.devices;
    plan.peak_flops = device.peak(NumberFormat::Bf16);
    TrainingSetup& setup = plan.setup;
    setup.sequence = arguments.integer("--sequence", 1, most).value_or(scenario.workload.prompt);
    setup.micro_batch = arguments.integer("--train-batch", 1, most).value_or(1);
    setup.zero_stage = arguments.integer("--zero", 0, 3).value_or(0);
    setup.data_parallel = arguments.integer("--data-parallel", 1, most).value_or(plan.devices);
    setup.utilisation = arguments.number("--utilization", 1e-6, 1).value_or(setup.utilisation);
    plan.tokens = arguments.number("--tokens", 1, 1e18);
    choose(arguments, "--optimizer", optimizers, setup.optimizer);
    choose(arguments, "--recompute", recomputations, setup.recomputation);
    constexpr std::array<std::pair<std::string_view, bool>, 2> switches{
        {{"on", true}, {"off", false}}};
    choose(arguments, "--flash-attention", switches, setup.flash_attention);
    choose(arguments, "--framework", frameworks, setup.framework);
    choose(arguments, "--loss", losses, setup.loss);
    setup.loss_chunk = arguments.integer("--loss-chunk", 1, most).value_or(setup.loss_chunk);
    choose(arguments, "--optimizer-states", stateFormats, setup.optimizer_states);
    if (const auto text = arguments.value("--lora")) {
        setup.lora = loraFrom(*text);
    }
    plan.report = valueOrFail(training(model.spec, setup), model.design.name);
    return plan;
}

std::string planText(const TrainingPlan& plan) {
    constexpr std::array<std::pair<std::string_view, Optimizer>, 4> titles{{
        {"AdamW", Optimizer::AdamW},
        {"Muon", Optimizer::Muon},
        {"Adafactor", Optimizer::Adafactor},
        {"SGD", Optimizer::Sgd},
    }};
    const TrainingSetup& setup = plan.setup;
    std::string text(nameOf(titles, setup.optimizer));
    text += setup.optimizer_states == OptimizerStates::Mixed ? ", mixed precision, " : ", bf16, ";
    text += setup.micro_batch == 1 ? "one sequence" : grouped(setup.micro_batch) + " sequences";
    text += " of " + grouped(setup.sequence) + " tokens";
    if (setup.recomputation != Recomputation::None) {
        text += ", " + std::string(nameOf(recomputations, setup.recomputation)) + " recomputation";
    }
    switch (setup.loss) {
    case Loss::Plain:
        break;
    case Loss::Chunked:
        text += ", loss by chunks of " + grouped(setup.loss_chunk) + " tokens";
        break;
    case Loss::Fused:
        text += ", fused loss";
        break;
    case Loss::None:
        text += ", without head and loss";
        break;
    }
    text += setup.framework == Framework::PyTorch ? ", in PyTorch" : "";
    if (setup.zero_stage > 0) {
        text +=
            ", ZeRO " + std::to_string(setup.zero_stage) + " over " + grouped(setup.data_parallel);
    }
    if (setup.lora.rank > 0) {
        text += ", LoRA of rank " + grouped(setup.lora.rank);
    }
    return text;
}

Json toJson(const LoadedModel& model, const Analysis& analysis, const DeviceProfile& device,
            const TrainingPlan& plan) {
    const Scenario& scenario = analysis.scenario;
    Json object = toJson(model, analysis, device);
    object["kv_cache"]["layers"] =
        toJson(kv_layers(model.spec, scenario.workload.context, scenario.formats.kv));
    Json& training = object["training"];
    const TrainingSetup& setup = plan.setup;
    training["optimizer"] = nameOf(optimizers, setup.optimizer);
    training["sequence"] = setup.sequence;
    training["micro_batch"] = setup.micro_batch;
    training["recomputation"] = nameOf(recomputations, setup.recomputation);
    training["zero_stage"] = setup.zero_stage;
    training["data_parallel"] = setup.data_parallel;
    training["flash_attention"] = setup.flash_attention;
    training["framework"] = nameOf(frameworks, setup.framework);
    training["loss"] = nameOf(losses, setup.loss);
    training["loss_chunk"] = setup.loss == Loss::Chunked ? Json(setup.loss_chunk) : Json(nullptr);
    training["optimizer_states"] = nameOf(stateFormats, setup.optimizer_states);
    training["lora"] = setup.lora.rank > 0
                           ? Json{{"modules", setup.lora.modules}, {"rank", setup.lora.rank}}
                           : Json(nullptr);
    training["utilization"] = setup.utilisation;
    if (plan.tokens) {
        training["tokens"] = *plan.tokens;
        training["flops_total"] = static_cast<double>(plan.report.flops_per_token) * *plan.tokens;
        training["hours"] = plan.hours();
        training["gpu_hours"] = plan.hours() * static_cast<double>(plan.devices);
    }
    return object;
}

} // namespace headroom::cli
