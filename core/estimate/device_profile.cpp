// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/device_profile.h"

#include "core/estimate/estimate_sentences.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <initializer_list>

namespace headroom {
namespace {

using json = nlohmann::ordered_json;

class DeviceReader {
public:
    explicit DeviceReader(std::string_view source)
        : m_source(source) {}

    const json* find(const json& object, const char* key) const {
        const auto it = object.find(key);
        return it == object.end() || it->is_null() ? nullptr : &*it;
    }

    void number(const json& object, const char* key, const std::string& path, double& target,
                double minimum, bool required = false) {
        const json* value = find(object, key);
        if (value == nullptr) {
            if (required) {
                fail(path + key, base_says<"nothing">(), base_says<"number">());
            }
            return;
        }
        if (!value->is_number() || !(value->get<double>() >= minimum) ||
            !std::isfinite(value->get<double>())) {
            fail(path + key, estimate_says<"unusable-value">(),
                 base_says<"number-at-least">(fixed(minimum, 6)));
            return;
        }
        target = value->get<double>();
    }

    void text(const json& object, const char* key, const std::string& path, std::string& target,
              bool required = false) {
        const json* value = find(object, key);
        if (value != nullptr && value->is_string()) {
            target = value->get<std::string>();
        } else if (value != nullptr || required) {
            fail(path + key, value == nullptr ? base_says<"nothing">() : base_says<"no-text">(),
                 base_says<"text">());
        }
    }

    void fail(std::string path, const Argument& found, const Argument& expected) {
        if (!m_failed) {
            m_failed = true;
            m_error = {std::string(m_source), std::move(path), found_expected(found, expected)};
        }
    }

    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] const Error& error() const { return m_error; }

private:
    std::string_view m_source;
    bool m_failed = false;
    Error m_error;
};

void read_efficiency(DeviceReader& reader, const json& constants, const char* key,
                     Efficiency& target) {
    const json* object = reader.find(constants, key);
    if (object == nullptr) {
        return;
    }
    const std::string path = std::string("constants.") + key + ".";
    if (!object->is_object()) {
        reader.fail(path, base_says<"no-object">(), base_says<"object">());
        return;
    }
    reader.number(*object, "compute_efficiency", path, target.compute, 1e-6);
    reader.number(*object, "memory_efficiency", path, target.memory, 1e-6);
    reader.number(*object, "overhead_s", path, target.overhead_s, 0);
}

void read_link(DeviceReader& reader, const json& document, const char* key, Link& target) {
    const json* link = reader.find(document, key);
    if (link == nullptr) {
        return;
    }
    const std::string path = std::string(key) + ".";
    if (!link->is_object()) {
        reader.fail(key, base_says<"no-object">(), base_says<"object">());
        return;
    }
    reader.text(*link, "kind", path, target.kind);
    reader.number(*link, "bandwidth_bytes_per_s", path, target.bandwidth_bytes_per_s, 1);
    reader.number(*link, "latency_s", path, target.latency_s, 0);
}

json link_json(const Link& link) {
    return {{"kind", link.kind},
            {"bandwidth_bytes_per_s",
             link.bandwidth_bytes_per_s > 0 ? json(link.bandwidth_bytes_per_s) : json()},
            {"latency_s", link.latency_s}};
}

json efficiency_json(const Efficiency& e) {
    return {{"compute_efficiency", e.compute},
            {"memory_efficiency", e.memory},
            {"overhead_s", e.overhead_s}};
}

} // namespace

double DeviceProfile::peak(NumberFormat format) const {
    // Weight-only formats are multiplied in the narrowest wider format that the device has.
    static constexpr std::array order = {NumberFormat::Int4, NumberFormat::Int8,
                                         NumberFormat::Fp8,  NumberFormat::Bf16,
                                         NumberFormat::Fp16, NumberFormat::Fp32};
    const auto usable = [&](NumberFormat f) {
        switch (format) {
        case NumberFormat::Int4:
            return f == NumberFormat::Bf16 || f == NumberFormat::Fp16 || f == NumberFormat::Fp32;
        case NumberFormat::Int8:
            return f != NumberFormat::Int4 && f != NumberFormat::Fp8;
        case NumberFormat::Fp8:
            return f != NumberFormat::Int4 && f != NumberFormat::Int8;
        case NumberFormat::Bf16:
        case NumberFormat::Fp16:
            return f == NumberFormat::Bf16 || f == NumberFormat::Fp16 || f == NumberFormat::Fp32;
        case NumberFormat::Fp32:
            return f == NumberFormat::Fp32;
        }
        return false;
    };
    for (const NumberFormat f : order) {
        const auto it = peak_flops.find(f);
        if (usable(f) && it != peak_flops.end()) {
            return it->second;
        }
    }
    // A device that publishes no fp32 rate is taken at half of its 16-bit one.
    return format == NumberFormat::Fp32 ? peak(NumberFormat::Bf16) / 2 : 0;
}

Result<DeviceProfile> parse_device(std::string_view json_text, std::string_view source) {
    const json document = json::parse(json_text, nullptr, false);
    DeviceReader reader(source);
    if (document.is_discarded() || !document.is_object()) {
        return Error{
            std::string(source),
            {},
            found_expected(base_says<"no-json-object">(), estimate_says<"device-profile">())};
    }
    DeviceProfile profile;
    reader.text(document, "id", "", profile.id, true);
    reader.text(document, "name", "", profile.name, true);
    reader.text(document, "vendor", "", profile.vendor);
    double memory = 0;
    reader.number(document, "memory_bytes", "", memory, 1, true);
    profile.memory_bytes = memory < 9e18 ? static_cast<std::int64_t>(memory) : 0;
    reader.number(document, "bandwidth_bytes_per_s", "", profile.bandwidth_bytes_per_s, 1, true);
    if (const json* peaks = reader.find(document, "peak_flops");
        peaks != nullptr && peaks->is_object()) {
        for (const NumberFormat format :
             {NumberFormat::Fp32, NumberFormat::Bf16, NumberFormat::Fp16, NumberFormat::Fp8,
              NumberFormat::Int8, NumberFormat::Int4}) {
            double peak = 0;
            reader.number(*peaks, std::string(to_string(format)).c_str(), "peak_flops.", peak, 1);
            if (peak > 0) {
                profile.peak_flops[format] = peak;
            }
        }
    }
    if (profile.peak(NumberFormat::Bf16) <= 0 && !reader.failed()) {
        reader.fail("peak_flops.bf16", base_says<"nothing">(), base_says<"number">());
    }
    read_link(reader, document, "link", profile.link);
    read_link(reader, document, "network", profile.network);
    double units = 0;
    reader.number(document, "compute_units", "", units, 1);
    profile.compute_units = static_cast<std::int64_t>(std::min(units, 1e6));
    double per_node = static_cast<double>(profile.max_per_node);
    reader.number(document, "max_per_node", "", per_node, 1);
    profile.max_per_node = static_cast<std::int64_t>(std::min(per_node, 1e6));
    if (const json* constants = reader.find(document, "constants");
        constants != nullptr && constants->is_object()) {
        std::string kind;
        reader.text(*constants, "kind", "constants.", kind, true);
        profile.constants.measured = kind == "measured";
        reader.text(*constants, "fitted_on", "constants.", profile.constants.fitted_on);
        read_efficiency(reader, *constants, "linear", profile.constants.linear);
        read_efficiency(reader, *constants, "attention", profile.constants.attention);
        read_efficiency(reader, *constants, "experts", profile.constants.experts);
        read_efficiency(reader, *constants, "element_wise", profile.constants.element_wise);
        read_efficiency(reader, *constants, "communication", profile.constants.communication);
        reader.number(*constants, "decode_error", "constants.", profile.constants.decode_error, 0);
        reader.number(*constants, "prefill_error", "constants.", profile.constants.prefill_error,
                      0);
    } else {
        reader.fail("constants", base_says<"nothing">(), base_says<"object">());
    }
    if (const json* table = reader.find(document, "all_reduce_table");
        table != nullptr && table->is_array()) {
        for (const json& row : *table) {
            double bytes = 0;
            AllReducePoint point;
            if (!row.is_object()) {
                reader.fail("all_reduce_table", base_says<"no-object">(), "{bytes, seconds}");
                break;
            }
            reader.number(row, "bytes", "all_reduce_table.", bytes, 1, true);
            reader.number(row, "seconds", "all_reduce_table.", point.seconds, 0, true);
            point.bytes = static_cast<std::int64_t>(std::min(bytes, 9e18));
            profile.all_reduce.push_back(point);
        }
    }
    if (const json* sources = reader.find(document, "sources");
        sources != nullptr && sources->is_object()) {
        for (const auto& [key, value] : sources->items()) {
            if (value.is_string()) {
                profile.sources[key] = value.get<std::string>();
            }
        }
    }
    if (reader.failed()) {
        return reader.error();
    }
    return profile;
}

std::string write_device(const DeviceProfile& p) {
    json out;
    out["name"] = p.name;
    out["id"] = p.id;
    out["vendor"] = p.vendor;
    out["memory_bytes"] = p.memory_bytes;
    out["bandwidth_bytes_per_s"] = p.bandwidth_bytes_per_s;
    for (const auto& [format, peak] : p.peak_flops) {
        out["peak_flops"][std::string(to_string(format))] = peak;
    }
    out["link"] = link_json(p.link);
    if (p.network.bandwidth_bytes_per_s > 0) {
        out["network"] = link_json(p.network);
    }
    out["max_per_node"] = p.max_per_node;
    if (p.compute_units > 0) {
        out["compute_units"] = p.compute_units;
    }
    const Constants& c = p.constants;
    out["constants"] = {{"kind", c.measured ? "measured" : "typical"},
                        {"fitted_on", c.fitted_on},
                        {"linear", efficiency_json(c.linear)},
                        {"attention", efficiency_json(c.attention)},
                        {"experts", efficiency_json(c.experts)},
                        {"element_wise", efficiency_json(c.element_wise)},
                        {"communication", efficiency_json(c.communication)},
                        {"decode_error", c.decode_error > 0 ? json(c.decode_error) : json()},
                        {"prefill_error", c.prefill_error > 0 ? json(c.prefill_error) : json()}};
    if (p.all_reduce.empty()) {
        out["all_reduce_table"] = nullptr;
    }
    for (const AllReducePoint& point : p.all_reduce) {
        out["all_reduce_table"].push_back({{"bytes", point.bytes}, {"seconds", point.seconds}});
    }
    out["sources"] = json::object();
    for (const auto& [key, value] : p.sources) {
        out["sources"][key] = value;
    }
    return out.dump(2) + "\n";
}

} // namespace headroom
