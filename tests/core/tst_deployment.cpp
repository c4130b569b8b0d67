// SPDX-License-Identifier: GPL-3.0-or-later
// Deployments: splits, what they replicate, the search over them, and what serving costs.
#include "core/estimate/deployment_search.h"
#include "core/presets/presets.h"
#include "core/study/serving.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headroom;

namespace {

ModelSpec spec_of(const char* preset) {
    return *expand_layers(find_model_preset(preset)->config);
}

Scenario scenario_at(std::int64_t batch, std::int64_t context) {
    Scenario scenario;
    scenario.workload.batch = batch;
    scenario.workload.context = context;
    scenario.workload.prompt = std::min<std::int64_t>(context, 8192);
    return scenario;
}

DeviceProfile h200() {
    return *find_device("h200");
}

} // namespace

class TestDeployment : public QObject {
    Q_OBJECT

private slots:
    void fewestDevices();
    void everySplitOnce();
    void targets();
    void ranking();
    void failuresSayWhy();
    void nodesAndLinks();
    void refusedTargets();
    void cancelling();
    void replicated();
    void wideExpertGroups();
    void pipelineKeepsItsStagesBusy();
    void costs();
    void encoder();
    void profilesWithNetworks();
    void shapesOfExperts();
    void workAroundExpertsIsSplit();
};

void TestDeployment::fewestDevices() {
    // 16.4 GB of weights fit on one H200; 1.3 TB of DeepSeek-V3 in bf16 take ten, hence two nodes.
    const auto small = find_deployments(spec_of("qwen3-8b"), scenario_at(1, 8192), h200(), {});
    QVERIFY(small);
    QVERIFY(small->best() != nullptr);
    QCOMPARE(small->best()->deployment.devices, std::int64_t{1});
    DeploymentTarget wide;
    wide.max_devices = 16;
    const ModelSpec spec = spec_of("deepseek-v3");
    const auto none = find_deployments(spec, scenario_at(1, 8192), h200(), {});
    QVERIFY(none);
    QVERIFY(none->best() == nullptr);
    QVERIFY(none->options.front().verdict == DeploymentVerdict::NoMemory);
    const auto large = find_deployments(spec, scenario_at(1, 8192), h200(), wide);
    QVERIFY(large);
    QVERIFY(large->best() != nullptr);
    QCOMPARE(large->best()->deployment.devices, std::int64_t{16});
    // What it found is what the memory model says of it.
    Scenario found = scenario_at(1, 8192);
    found.deployment = large->best()->deployment;
    QVERIFY(memory_at(spec, found, h200())->fits);
}

void TestDeployment::everySplitOnce() {
    const auto search =
        find_deployments(spec_of("qwen3-30b-a3b"), scenario_at(8, 4096), h200(), {});
    QVERIFY(search);
    std::int64_t refused = 0;
    for (const DeploymentRefusal& refusal : search->refusals) {
        refused += refusal.count;
        QVERIFY(!refusal.error.path.empty());
        QVERIFY(english(refusal.error.message).find("expected") != std::string::npos);
    }
    QCOMPARE(search->examined, static_cast<std::int64_t>(search->options.size()) + refused);
    for (std::size_t i = 0; i < search->options.size(); ++i) {
        const Deployment& d = search->options[i].deployment;
        QCOMPARE(d.devices,
                 d.tensor_parallel * d.pipeline_parallel * search->options[i].data_parallel);
        QVERIFY(check_deployment(spec_of("qwen3-30b-a3b"), d));
        for (std::size_t j = 0; j < i; ++j) {
            QVERIFY(!(search->options[j].deployment == d));
        }
    }
}

void TestDeployment::targets() {
    const ModelSpec spec = spec_of("llama-3-70b");
    const Scenario scenario = scenario_at(16, 8192);
    const auto any = find_deployments(spec, scenario, h200(), {});
    QVERIFY(any && any->best() != nullptr);
    DeploymentTarget latency;
    latency.max_seconds_per_token = any->best()->seconds_per_token * 0.5;
    const auto faster = find_deployments(spec, scenario, h200(), latency);
    QVERIFY(faster && faster->best() != nullptr);
    QVERIFY(faster->best()->seconds_per_token <= *latency.max_seconds_per_token);
    QVERIFY(faster->best()->deployment.devices > any->best()->deployment.devices);
    for (const DeploymentOption& option : faster->options) {
        if (option.deployment.devices < faster->best()->deployment.devices) {
            QVERIFY(option.verdict != DeploymentVerdict::Meets);
        }
    }
    DeploymentTarget rate;
    rate.min_tokens_per_second = any->best()->tokens_per_second * 2;
    const auto more = find_deployments(spec, scenario, h200(), rate);
    QVERIFY(more && more->best() != nullptr);
    QVERIFY(more->best()->tokens_per_second >= *rate.min_tokens_per_second);
    rate.min_tokens_per_second = 1e9;
    const auto none = find_deployments(spec, scenario, h200(), rate);
    QVERIFY(none);
    QVERIFY(none->best() == nullptr);
    QVERIFY(none->options.front().verdict == DeploymentVerdict::TooFewTokens);
}

void TestDeployment::ranking() {
    const auto search = find_deployments(spec_of("qwen3-8b"), scenario_at(32, 8192), h200(), {});
    QVERIFY(search);
    const auto& options = search->options;
    for (std::size_t i = 1; i < options.size(); ++i) {
        QVERIFY(options[i - 1].verdict <= options[i].verdict);
        if (options[i].verdict == DeploymentVerdict::Meets) {
            QVERIFY(options[i - 1].deployment.devices <= options[i].deployment.devices);
            if (options[i - 1].deployment.devices == options[i].deployment.devices) {
                QVERIFY(options[i - 1].seconds_per_token <= options[i].seconds_per_token);
            }
        }
    }
}

void TestDeployment::failuresSayWhy() {
    // 28 heads cannot be shared by 8, and the message names what could be.
    const auto search = find_deployments(spec_of("qwen2-7b"), scenario_at(8, 4096), h200(), {});
    QVERIFY(search);
    const bool named = std::any_of(
        search->refusals.begin(), search->refusals.end(), [](const DeploymentRefusal& r) {
            return r.error.path == "tensor_parallel" &&
                   english(r.error.message).find("nearest: 7 or 14") != std::string::npos;
        });
    QVERIFY(named);
    // One sequence cannot be shared by two replicas.
    const auto single = find_deployments(spec_of("qwen3-8b"), scenario_at(1, 4096), h200(), {});
    QVERIFY(single);
    for (const DeploymentOption& option : single->options) {
        QCOMPARE(option.data_parallel, std::int64_t{1});
    }
}

void TestDeployment::nodesAndLinks() {
    const ModelSpec spec = spec_of("llama-3-70b");
    Scenario scenario = scenario_at(1, 4096);
    scenario.deployment = {"m4-max", 2, 2, 1, 1};
    const auto unlinked = memory_at(spec, scenario, *find_device("m4-max"));
    QVERIFY(!unlinked);
    QVERIFY(english(unlinked.error().message).find("no link") != std::string::npos);
    scenario.deployment = {"l40s", 16, 8, 2, 1};
    const auto nodes = memory_at(spec, scenario, *find_device("l40s"));
    QVERIFY(!nodes);
    QVERIFY(english(nodes.error().message).find("network") != std::string::npos);
    // A tensor group over two nodes waits for the network, which is slower than the link.
    scenario.deployment = {"h200", 8, 8, 1, 1};
    const double one = decode_time(spec, scenario, h200()).by_kind[4];
    scenario.deployment = {"h200", 16, 16, 1, 1};
    const double two = decode_time(spec, scenario, h200()).by_kind[4];
    QVERIFY(two > one);
    DeviceProfile slow = h200();
    slow.network.latency_s *= 2;
    QVERIFY(decode_time(spec, scenario, slow).by_kind[4] > two);
    DeploymentTarget target;
    target.max_devices = 24;
    const auto search = find_deployments(spec, scenario_at(32, 4096), h200(), target);
    QVERIFY(search);
    for (const DeploymentOption& option : search->options) {
        QVERIFY(option.deployment.devices <= 8 || option.deployment.devices % 8 == 0);
    }
}

void TestDeployment::refusedTargets() {
    const ModelSpec spec = spec_of("qwen3-8b");
    const auto path = [&](DeploymentTarget target, const ModelSpec& design) {
        const auto search = find_deployments(design, scenario_at(1, 512), h200(), target);
        return search ? std::string() : search.error().path;
    };
    DeploymentTarget target;
    target.max_devices = 0;
    QCOMPARE(path(target, spec), std::string("max_devices"));
    target.max_devices = most_searched_devices + 1;
    QCOMPARE(path(target, spec), std::string("max_devices"));
    target.max_devices = 2;
    for (const double bad : {0.0, -1.0, std::nan(""), HUGE_VAL}) {
        target.max_seconds_per_token = bad;
        QCOMPARE(path(target, spec), std::string("max_seconds_per_token"));
    }
    target.max_seconds_per_token.reset();
    target.min_tokens_per_second = -5;
    QCOMPARE(path(target, spec), std::string("min_tokens_per_second"));
    target.min_tokens_per_second = 5;
    QCOMPARE(path(target, spec_of("bert-base")), std::string("min_tokens_per_second"));
    Scenario negative = scenario_at(1, 512);
    negative.deployment.price_per_hour = -1;
    const auto refused = analyze(spec, negative, h200());
    QVERIFY(!refused);
    QCOMPARE(refused.error().path, std::string("price_per_hour"));
}

void TestDeployment::cancelling() {
    int asked = 0;
    const auto search = find_deployments(spec_of("qwen3-8b"), scenario_at(8, 512), h200(), {},
                                         [&] { return ++asked > 3; });
    QVERIFY(search);
    QVERIFY(search->cancelled);
    QCOMPARE(search->examined, std::int64_t{3});
}

void TestDeployment::replicated() {
    // Four KV heads on eight devices: each head is held twice, so half of a device's cache is.
    const ModelSpec grouped = spec_of("qwen3-235b-a22b");
    Scenario scenario = scenario_at(4, 8192);
    scenario.deployment = {"h200", 8, 8, 1, 8};
    const auto memory = memory_at(grouped, scenario, h200());
    QVERIFY(memory);
    QCOMPARE(memory->per_gpu_replicated_kv_bytes * 2, memory->per_gpu_kv_bytes);
    QVERIFY(memory->per_gpu_replicated_weights_bytes > 0);
    QVERIFY(memory->per_gpu_replicated_weights_bytes < memory->per_gpu_weights_bytes);
    // A latent is held whole by every device: seven eighths of it are copies.
    const auto latent = memory_at(spec_of("deepseek-v3"), scenario, h200());
    QVERIFY(latent);
    QCOMPARE(latent->per_gpu_kv_bytes, latent->kv_bytes);
    QCOMPARE(latent->per_gpu_replicated_kv_bytes, latent->kv_bytes - latent->kv_bytes / 8);
    scenario.deployment = {"h200", 1, 1, 1, 1};
    const auto alone = memory_at(spec_of("qwen3-8b"), scenario, h200());
    QVERIFY(alone);
    QCOMPARE(alone->per_gpu_replicated_kv_bytes, std::int64_t{0});
    QCOMPARE(alone->per_gpu_replicated_weights_bytes, std::int64_t{0});
}

void TestDeployment::wideExpertGroups() {
    // Eight replicas of the attention share one set of experts: each device reads an eighth of the
    // experts that the tokens of all eight reach.
    const ModelSpec spec = spec_of("qwen3-235b-a22b");
    Scenario scenario = scenario_at(64, 4096);
    scenario.deployment = {"h200", 8, 1, 1, 8};
    double wide = 0;
    for_each_operator(spec, decode_step(scenario), scenario.formats, scenario.deployment,
                      [&](const Operator& op) {
                          wide = op.what == Operation::ExpertsGateUpProj ? op.experts : wide;
                      });
    QCOMPARE(wide, expected_distinct_experts(128, 8, 64) / 8);
}

void TestDeployment::pipelineKeepsItsStagesBusy() {
    const ModelSpec spec = spec_of("llama-3-70b");
    Scenario scenario = scenario_at(64, 4096);
    scenario.deployment = {"h200", 4, 1, 4, 1};
    QCOMPARE(decode_step(scenario).batch, std::int64_t{16});
    const ThroughputReport report = throughput(spec, scenario, h200());
    QCOMPARE(report.tokens_per_second, 64 / report.decode.seconds);
    scenario.workload.batch = 1;
    QCOMPARE(decode_step(scenario).batch, std::int64_t{1});
}

void TestDeployment::costs() {
    const ModelSpec spec = spec_of("qwen3-8b");
    Scenario scenario = scenario_at(32, 8192);
    scenario.deployment.price_per_hour = 3.6; // a tenth of a cent a second
    const auto analysis = analyze(spec, scenario, h200());
    QVERIFY(analysis);
    const ServingReport report = serving(spec, *analysis, h200());
    QVERIFY(report.output_cost_per_million && report.prompt_cost_per_million);
    const double expected = 1e-3 * 1e6 / analysis->throughput.tokens_per_second;
    QVERIFY(std::abs(*report.output_cost_per_million / expected - 1) < 1e-12);
    QCOMPARE(report.max_batch, analysis->memory.max_batch);
    QVERIFY(report.tokens_per_second_at_max_batch > analysis->throughput.tokens_per_second);
    QVERIFY(*report.output_cost_per_million_at_max_batch < *report.output_cost_per_million);
    QCOMPARE(report.tokens_per_second_per_device, analysis->throughput.tokens_per_second);
    scenario.deployment.price_per_hour = 0;
    const auto unpriced = analyze(spec, scenario, h200());
    QVERIFY(!serving(spec, *unpriced, h200()).output_cost_per_million);
}

void TestDeployment::encoder() {
    const ModelSpec spec = spec_of("bert-base");
    const auto analysis = analyze(spec, scenario_at(4, 512), h200());
    QVERIFY(analysis);
    const ServingReport report = serving(spec, *analysis, h200());
    QCOMPARE(report.tokens_per_second_per_device, 0.0);
    QVERIFY(report.prompt_tokens_per_second > 0);
    const auto search = find_deployments(spec, scenario_at(4, 512), h200(), {});
    QVERIFY(search && search->best() != nullptr);
}

void TestDeployment::profilesWithNetworks() {
    const DeviceProfile device = h200();
    QVERIFY(device.network.bandwidth_bytes_per_s > 0);
    QCOMPARE(device.compute_units, std::int64_t{132});
    const std::string written = write_device(device);
    const auto read = parse_device(written, "h200");
    QVERIFY(read);
    QVERIFY(read->network == device.network);
    QCOMPARE(read->compute_units, device.compute_units);
    const auto damaged = [&](const std::string& key, const std::string& value) {
        nlohmann::json document = nlohmann::json::parse(written, nullptr, false);
        document[key] = nlohmann::json::parse(value, nullptr, false);
        const auto parsed = parse_device(document.dump(), "my.json");
        return parsed ? std::string() : parsed.error().path;
    };
    QCOMPARE(damaged("network", "\"fast\""), std::string("network"));
    QCOMPARE(damaged("network", R"({"kind": 7})"), std::string("network.kind"));
    QCOMPARE(damaged("network", R"({"bandwidth_bytes_per_s": -1})"),
             std::string("network.bandwidth_bytes_per_s"));
    QCOMPARE(damaged("network", R"({"latency_s": "soon"})"), std::string("network.latency_s"));
    QCOMPARE(damaged("compute_units", "0"), std::string("compute_units"));
    QCOMPARE(damaged("compute_units", "\"many\""), std::string("compute_units"));
    QCOMPARE(damaged("network", "null"), std::string());
}

void TestDeployment::shapesOfExperts() {
    // Large experts with many rows come nearer to the peak than small ones with few.
    const auto share = [](const char* preset, std::int64_t prompt) {
        Scenario scenario = scenario_at(1, prompt);
        double found = 0;
        for_each_operator(spec_of(preset), prefill_step(scenario), scenario.formats,
                          scenario.deployment, [&](const Operator& op) {
                              found = op.what == Operation::ExpertsGateUpProj ? op.compute_share
                                                                              : found;
                          });
        return found;
    };
    QVERIFY(share("mixtral-8x7b", 8192) > share("mixtral-8x7b", 512));
    QVERIFY(share("mixtral-8x7b", 2048) > share("qwen3-30b-a3b", 2048));
    QVERIFY(share("mixtral-8x7b", 8192) < 1);
    // A last wave that is part empty costs efficiency; whole waves cost none.
    Operator op;
    op.tiles = 66;
    QCOMPARE(memory_share(op, h200()), std::sqrt(0.5));
    QCOMPARE(compute_share(op, h200()), std::sqrt(0.5));
    op.tiles = 132;
    QCOMPARE(memory_share(op, h200()), 1.0);
    op.tiles = 198;
    QCOMPARE(memory_share(op, h200()), std::sqrt(0.75));
    DeviceProfile unknown = h200();
    unknown.compute_units = 0;
    QCOMPARE(memory_share(op, unknown), 1.0);
}

void TestDeployment::workAroundExpertsIsSplit() {
    const ModelSpec spec = spec_of("qwen3-30b-a3b");
    const auto bytes = [&](std::int64_t tp, std::int64_t ep) {
        Scenario scenario = scenario_at(1, 4096);
        scenario.deployment = {"h200", std::max(tp, ep), tp, 1, ep};
        scenario.workload.batch = std::max(tp, ep) / tp; // one sequence for each replica
        double found = 0;
        for_each_operator(spec, prefill_step(scenario), scenario.formats, scenario.deployment,
                          [&](const Operator& op) {
                              found = op.what == Operation::Routing ? op.activation_bytes : found;
                          });
        return found;
    };
    const double scores = 2.0 * 4096 * 128; // every device scores its own tokens itself
    const double whole = bytes(1, 1) - scores;
    // Whole experts elsewhere take their rows along.
    QCOMPARE(bytes(8, 8) - scores, whole / 8);
    QCOMPARE(bytes(4, 4) - scores, whole / 4);
    // Eight replicas that share their experts have eight times the rows for them.
    QCOMPARE(bytes(1, 8) - scores, whole);
    // Columns elsewhere leave every row here, and an eighth of the activations (3 I of 4 H + 3 I).
    const double inner = 3.0 * 768 / (4.0 * 2048 + 3.0 * 768);
    QCOMPARE(bytes(8, 1) - scores, whole * (1 - inner + inner / 8));
}

QTEST_APPLESS_MAIN(TestDeployment)
#include "tst_deployment.moc"
