// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/throughput.h"

#include <algorithm>
#include <cmath>

namespace headroom {

const Efficiency& efficiency_of(const Constants& constants, OperatorKind kind) {
    switch (kind) {
    case OperatorKind::Linear:
        return constants.linear;
    case OperatorKind::Attention:
        return constants.attention;
    case OperatorKind::Expert:
        return constants.experts;
    case OperatorKind::ElementWise:
        return constants.element_wise;
    case OperatorKind::Communication:
        return constants.communication;
    }
    return constants.linear;
}

namespace {

/// Seconds of an all-reduce of `bytes` over two devices, from the measured table: straight lines
/// between its points, the last slope beyond them.
double measured_all_reduce(const std::vector<AllReducePoint>& table, double bytes) {
    if (bytes <= static_cast<double>(table.front().bytes) || table.size() == 1) {
        return table.front().seconds;
    }
    std::size_t i = 1;
    while (i + 1 < table.size() && bytes > static_cast<double>(table[i].bytes)) {
        ++i;
    }
    const auto& a = table[i - 1];
    const auto& b = table[i];
    const double slope = (b.seconds - a.seconds) / static_cast<double>(b.bytes - a.bytes);
    return a.seconds + slope * (bytes - static_cast<double>(a.bytes));
}

/// Ring all-reduce: 2(n-1)/n of the message over the slowest link, and a latency; an all-to-all
/// keeps 1/n of its message at home.
double communication_seconds(const DeviceProfile& device, const Operator& op) {
    const auto n = static_cast<double>(op.participants);
    const bool in_node = op.span <= device.max_per_node;
    const Link& link = in_node ? device.link : device.network;
    if (op.what == Operation::AllReduce && in_node && !device.all_reduce.empty()) {
        return measured_all_reduce(device.all_reduce, op.message_bytes * 2.0 * (n - 1.0) / n);
    }
    const double share = op.what == Operation::AllReduce ? 2.0 * (n - 1.0) / n
                         : op.what == Operation::Send    ? 1.0
                                                         : (n - 1.0) / n;
    const double bandwidth =
        link.bandwidth_bytes_per_s * std::max(1e-3, device.constants.communication.memory);
    return link.latency_s + device.constants.communication.overhead_s +
           (bandwidth > 0 ? op.message_bytes * share / bandwidth : 0.0);
}

/// Peak rates by format, looked up once a step.
using Peaks = std::array<double, 6>;

Peaks peaks_of(const DeviceProfile& device) {
    Peaks peaks{};
    for (std::size_t i = 0; i < peaks.size(); ++i) {
        peaks[i] = device.peak(static_cast<NumberFormat>(i));
    }
    return peaks;
}

/// sqrt(waves / whole waves), waves being tiles / compute_units. In the last wave some units idle;
/// the square root, since the busy ones get more than their part of bytes and clock meanwhile.
double wave_share(const Operator& op, const DeviceProfile& device) {
    if (op.tiles <= 0 || device.compute_units <= 0) {
        return 1;
    }
    const double waves = op.tiles / static_cast<double>(device.compute_units);
    return std::sqrt(waves / std::ceil(waves));
}

OperatorTime time_of(const Operator& op, const DeviceProfile& device, double peak) {
    OperatorTime time;
    if (op.kind == OperatorKind::Communication) {
        time.moving = communication_seconds(device, op);
        time.seconds = time.moving;
        time.bound = Bound::Communication;
        return time;
    }
    const Efficiency& e = efficiency_of(device.constants, op.kind);
    const double flops = static_cast<double>(op.flops);
    const double bytes = op.weight_bytes + op.activation_bytes + op.cache_bytes;
    const double bandwidth = device.bandwidth_bytes_per_s;
    time.computing = flops / (peak * e.compute * compute_share(op, device));
    time.moving = bytes / (bandwidth * e.memory * memory_share(op, device));
    time.launching = op.launches * e.overhead_s;
    time.ceiling = std::max(flops / peak, bytes / bandwidth);
    time.bound = time.computing > time.moving ? Bound::Compute : Bound::Memory;
    switch (op.kind) {
    case OperatorKind::Attention:
    case OperatorKind::Communication:
        time.seconds = std::max(time.computing, time.moving) + time.launching;
        break;
    case OperatorKind::Linear: {
        const double computing = time.computing * time.computing;
        const double moving = time.moving * time.moving;
        time.seconds =
            std::sqrt(std::sqrt(computing * computing + moving * moving)) + time.launching;
        break;
    }
    case OperatorKind::Expert:
        time.seconds =
            std::sqrt(time.computing * time.computing + time.moving * time.moving) + time.launching;
        break;
    case OperatorKind::ElementWise:
        time.seconds = std::max(time.moving, time.launching);
        break;
    }
    return time;
}

struct Timer {
    const DeviceProfile& device;
    const Peaks& peaks;
    StepTime time{};

    void add(const Operator& op) {
        const auto count = static_cast<double>(op.count);
        const OperatorTime t = time_of(op, device, peaks[static_cast<std::size_t>(op.format)]);
        const double launching = std::min(t.launching, t.seconds);
        book(op.kind, t.bound, (t.seconds - launching) * count);
        book(op.kind, Bound::Overhead, launching * count);
        time.ceiling_seconds += t.ceiling * count;
    }

    void book(OperatorKind kind, Bound bound, double seconds) {
        time.seconds += seconds;
        time.by_kind[static_cast<std::size_t>(kind)] += seconds;
        time.by_bound[static_cast<std::size_t>(bound)] += seconds;
    }
};

std::int64_t replicas(const Deployment& d) {
    return std::max<std::int64_t>(
        1, d.devices / std::max<std::int64_t>(1, d.tensor_parallel * d.pipeline_parallel));
}

/// A pipeline hands the residual stream on between its stages.
template <class Visit>
void visit_sends(const ModelSpec& spec, const Step& step, const Deployment& deployment,
                 Visit visit) {
    const std::int64_t hops = deployment.pipeline_parallel - 1;
    if (hops > 0) {
        Operator send;
        send.kind = OperatorKind::Communication;
        send.what = Operation::Send;
        send.count = hops;
        send.participants = 2;
        send.span = deployment.pipeline_parallel * deployment.tensor_parallel;
        send.message_bytes = 2.0 * static_cast<double>(step.batch * step.tokens) *
                             static_cast<double>(spec.hidden_size);
        visit(send);
    }
}

StepTime time_of(const ModelSpec& spec, const Step& step, const Scenario& scenario,
                 const DeviceProfile& device, const Peaks& peaks) {
    Timer timer{device, peaks};
    for_each_distinct_operator(spec, step, scenario.formats, scenario.deployment,
                               [&](const Operator& op) { timer.add(op); });
    visit_sends(spec, step, scenario.deployment, [&](const Operator& op) { timer.add(op); });
    return timer.time;
}

} // namespace

std::string_view to_string(Bound bound) {
    switch (bound) {
    case Bound::Compute:
        return "compute";
    case Bound::Memory:
        return "memory";
    case Bound::Overhead:
        return "overhead";
    case Bound::Communication:
        return "communication";
    }
    return {};
}

Bound StepTime::bound() const {
    const auto largest = std::max_element(by_bound.begin(), by_bound.end());
    return static_cast<Bound>(largest - by_bound.begin());
}

Step decode_step(const Scenario& scenario) {
    // A pipeline decodes one part of the batch in each of its stages: a token passes all stages
    // while the other parts do the same, so a step is that of one part.
    const std::int64_t n = replicas(scenario.deployment) *
                           std::max<std::int64_t>(1, scenario.deployment.pipeline_parallel);
    Step step;
    step.phase = Phase::Decode;
    step.batch = (scenario.workload.batch + n - 1) / n;
    step.past = std::max<std::int64_t>(0, scenario.workload.context - 1);
    return step;
}

Step prefill_step(const Scenario& scenario) {
    const std::int64_t n = replicas(scenario.deployment);
    Step step;
    step.phase = Phase::Prefill;
    step.batch = (scenario.workload.batch + n - 1) / n;
    step.tokens = scenario.workload.prompt;
    return step;
}

StepTime decode_time(const ModelSpec& spec, const Scenario& scenario, const DeviceProfile& device) {
    return time_of(spec, decode_step(scenario), scenario, device, peaks_of(device));
}

StepTime prefill_time(const ModelSpec& spec, const Scenario& scenario,
                      const DeviceProfile& device) {
    return time_of(spec, prefill_step(scenario), scenario, device, peaks_of(device));
}

OperatorTime operator_time(const Operator& op, const DeviceProfile& device) {
    return time_of(op, device, device.peak(op.format));
}

double memory_share(const Operator& op, const DeviceProfile& device) {
    return op.memory_share * wave_share(op, device);
}

double compute_share(const Operator& op, const DeviceProfile& device) {
    return op.compute_share * wave_share(op, device);
}

double operator_seconds(const Operator& op, const DeviceProfile& device) {
    return operator_time(op, device).seconds;
}

void for_each_timed_operator(const ModelSpec& spec, const Scenario& scenario,
                             const DeviceProfile& device, Phase phase,
                             FunctionRef<void(const Operator&, double)> visit) {
    const Step step = phase == Phase::Decode ? decode_step(scenario) : prefill_step(scenario);
    const Peaks peaks = peaks_of(device);
    const auto timed = [&](const Operator& op) {
        visit(op, time_of(op, device, peaks[static_cast<std::size_t>(op.format)]).seconds);
    };
    for_each_operator(spec, step, scenario.formats, scenario.deployment, timed);
    visit_sends(spec, step, scenario.deployment, timed);
}

ThroughputReport throughput(const ModelSpec& spec, const Scenario& scenario,
                            const DeviceProfile& device) {
    ThroughputReport report;
    const Peaks peaks = peaks_of(device);
    report.prefill = time_of(spec, prefill_step(scenario), scenario, device, peaks);
    report.time_to_first_token_s = report.prefill.seconds;
    report.measured = device.constants.measured;
    report.prefill_error = device.constants.prefill_error;
    report.decode_error = device.constants.decode_error;
    if (spec.is_encoder) {
        return report; // nothing is generated
    }
    report.decode = time_of(spec, decode_step(scenario), scenario, device, peaks);
    report.time_per_output_token_s = report.decode.seconds;
    if (report.decode.seconds > 0) {
        report.tokens_per_second_per_user = 1.0 / report.decode.seconds;
        report.tokens_per_second =
            static_cast<double>(scenario.workload.batch) / report.decode.seconds;
    }
    return report;
}

} // namespace headroom
