// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/this_computer/this_computer.h"

#include "core/this_computer/computer_sentences.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <span>

namespace headroom {
namespace {

using json = nlohmann::ordered_json;

constexpr int file_version = 4;

/// A value known at some places of an axis; between them it follows the axis' logarithm.
struct Sample {
    double at = 0;
    double value = 0;
};

/// Samples are sorted here; outside of them the nearest holds.
double interpolate(std::vector<Sample> samples, double at) {
    if (samples.empty()) {
        return 0;
    }
    std::sort(samples.begin(), samples.end(),
              [](const Sample& a, const Sample& b) { return a.at < b.at; });
    if (at <= samples.front().at) {
        return samples.front().value;
    }
    for (std::size_t i = 1; i < samples.size(); ++i) {
        if (at <= samples[i].at) {
            const Sample& low = samples[i - 1];
            const Sample& high = samples[i];
            const double share = std::log(at / low.at) / std::log(high.at / low.at);
            return low.value + share * (high.value - low.value);
        }
    }
    return samples.back().value;
}

/// The format itself where it was measured, else fp32.
template <class Point>
NumberFormat known_format(const std::vector<Point>& points, NumberFormat format) {
    const bool known = std::any_of(points.begin(), points.end(),
                                   [&](const Point& point) { return point.format == format; });
    return known ? format : NumberFormat::Fp32;
}

/// Distinct values of a member, ascending.
template <class Point>
std::vector<std::int64_t> values_of(const std::vector<Point>& points, std::int64_t Point::*member) {
    std::vector<std::int64_t> values;
    for (const Point& point : points) {
        values.push_back(point.*member);
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

/// Collects the first field that does not fit.
class ComputerReader {
public:
    ComputerReader(const json& object, std::string path, std::optional<Error>& error)
        : m_object(object)
        , m_path(std::move(path))
        , m_error(error) {}

    double positive(const char* field) {
        const auto it = m_object.find(field);
        const double number = it != m_object.end() && it->is_number() ? it->get<double>() : 0;
        if (!(number > 0) || !std::isfinite(number)) {
            fail(field, base_says<"positive-number">());
            return 1;
        }
        return number;
    }
    /// Zero is allowed: a cost too small to be told from nothing.
    double cost(const char* field) {
        const auto it = m_object.find(field);
        const double number = it != m_object.end() && it->is_number() ? it->get<double>() : -1;
        if (!(number >= 0) || !std::isfinite(number)) {
            fail(field, base_says<"number-from">(0));
            return 0;
        }
        return number;
    }
    std::int64_t count(const char* field, std::int64_t least) {
        constexpr std::int64_t most = std::int64_t{1} << 50;
        const auto it = m_object.find(field);
        if (it == m_object.end() || !it->is_number_integer() || it->get<std::int64_t>() < least ||
            it->get<std::int64_t>() > most) {
            fail(field, base_says<"integer-from">(least));
            return least;
        }
        return it->get<std::int64_t>();
    }
    bool flag(const char* field) {
        const auto it = m_object.find(field);
        if (it == m_object.end() || !it->is_boolean()) {
            fail(field, base_says<"true-or-false">());
            return false;
        }
        return it->get<bool>();
    }
    std::string text(const char* field) {
        const auto it = m_object.find(field);
        if (it == m_object.end() || !it->is_string()) {
            fail(field, base_says<"text">());
            return {};
        }
        return it->get<std::string>();
    }
    NumberFormat format() {
        const std::optional<NumberFormat> found = number_format_from(text("format"));
        if (!found) {
            fail("format", base_says<"either">("fp32", "bf16"));
        }
        return found.value_or(NumberFormat::Fp32);
    }
    /// Calls body(reader of the element) for each of a list.
    template <class Body>
    void each(const char* field, const Body& body) {
        const auto it = m_object.find(field);
        if (it == m_object.end() || !it->is_array() || it->empty()) {
            fail(field, computer_says<"list-of-points">());
            return;
        }
        for (std::size_t i = 0; i < it->size(); ++i) {
            const std::string path = std::string(field) + "[" + std::to_string(i) + "]";
            if (!(*it)[i].is_object()) {
                fail_with(path, shown((*it)[i]), base_says<"object">());
                return;
            }
            ComputerReader reader((*it)[i], path + ".", m_error);
            body(reader);
        }
    }
    void fail(const std::string& field, const Argument& expected) {
        const auto it = m_object.find(field);
        fail_with(field,
                  it == m_object.end() ? Argument(base_says<"nothing">()) : Argument(shown(*it)),
                  expected);
    }

private:
    static std::string shown(const json& value) {
        constexpr std::size_t enough = 40; // to recognise it
        return value.dump().substr(0, enough);
    }
    void fail_with(const std::string& field, const Argument& found, const Argument& expected) {
        if (!m_error) {
            m_error = Error{{}, m_path + field, found_expected(found, expected)};
        }
    }

    const json& m_object;
    std::string m_path;
    std::optional<Error>& m_error;
};

} // namespace

double ComputerProfile::reading_bytes_per_s(NumberFormat format, double bytes) const {
    const NumberFormat known = known_format(reading, format);
    std::vector<Sample> seconds_per_byte;
    for (const ReadingPoint& point : reading) {
        if (point.format == known) {
            seconds_per_byte.push_back({static_cast<double>(point.bytes), 1 / point.bytes_per_s});
        }
    }
    return 1 / interpolate(std::move(seconds_per_byte), bytes);
}

double ComputerProfile::product_flops_per_s(NumberFormat format, double rows, double in) const {
    const NumberFormat known = known_format(products, format);
    std::vector<Sample> along_in;
    for (const std::int64_t depth : values_of(products, &ProductPoint::in)) {
        std::vector<Sample> along_rows;
        for (const ProductPoint& point : products) {
            if (point.format == known && point.in == depth) {
                along_rows.push_back({static_cast<double>(point.rows), 1 / point.flops_per_s});
            }
        }
        along_in.push_back({static_cast<double>(depth), interpolate(std::move(along_rows), rows)});
    }
    return 1 / interpolate(std::move(along_in), in);
}

double ComputerProfile::worked_numbers(double key_dim, double value_dim, bool is_tile) const {
    const auto whole = [&](double numbers) {
        const auto unit = static_cast<double>(vector_numbers);
        return std::ceil(numbers / unit) * unit;
    };
    return ((is_tile ? key_dim : whole(key_dim)) + whole(value_dim)) / 2;
}

double ComputerProfile::attention_pair_s(double key_dim, double value_dim, double keys,
                                         double together, bool is_tile) const {
    const double head_dim = worked_numbers(key_dim, value_dim, is_tile);
    std::vector<Sample> along_dim;
    for (const std::int64_t dim : values_of(attention, &AttentionPoint::head_dim)) {
        std::vector<Sample> along_together;
        for (const std::int64_t shared : values_of(attention, &AttentionPoint::together)) {
            std::vector<Sample> along_keys;
            for (const AttentionPoint& point : attention) {
                if (point.is_tile == is_tile && point.together == shared && point.head_dim == dim) {
                    along_keys.push_back({static_cast<double>(point.keys), point.pair_s});
                }
            }
            if (!along_keys.empty()) {
                along_together.push_back(
                    {static_cast<double>(shared), interpolate(std::move(along_keys), keys)});
            }
        }
        if (!along_together.empty()) {
            const auto numbers = static_cast<double>(dim);
            along_dim.push_back({worked_numbers(numbers, numbers, is_tile),
                                 interpolate(std::move(along_together), together)});
        }
    }
    if (along_dim.size() < 2) {
        return along_dim.empty() ? 0 : along_dim.front().value;
    }
    // A pair costs a fixed part and one that grows with the head: straight lines between the heads
    // that were measured, the outermost ones going on.
    std::size_t i = 1;
    while (i + 1 < along_dim.size() && along_dim[i].at < head_dim) {
        ++i;
    }
    const Sample& first = along_dim[i - 1];
    const Sample& last = along_dim[i];
    const double slope = (last.value - first.value) / (last.at - first.at);
    return std::max(first.value * 0.1, first.value + slope * (head_dim - first.at));
}

std::string processor_name() {
    std::ifstream info("/proc/cpuinfo");
    std::string line;
    std::string family;
    while (std::getline(info, line)) {
        const std::size_t colon = line.find(": ");
        if (colon == std::string::npos) {
            continue;
        }
        if (line.starts_with("model name")) {
            return line.substr(colon + 2);
        }
        if (family.empty() && line.starts_with("CPU part")) {
            family = "ARM part " + line.substr(colon + 2);
        }
    }
    return family.empty() ? "unknown" : family;
}

Result<ComputerProfile> parse_computer(std::string_view json_text, std::string_view source) {
    const json root = json::parse(json_text, nullptr, false);
    const std::string file(source);
    if (!root.is_object()) {
        return Error{
            file, "",
            found_expected(base_says<"no-json-object">(), computer_says<"computer-profile">())};
    }
    std::optional<Error> error;
    ComputerReader reader(root, "", error);
    const auto version = root.find("version");
    if (version == root.end() || *version != file_version) {
        reader.fail("version", std::to_string(file_version));
    }
    ComputerProfile profile;
    profile.processor = reader.text("processor");
    profile.threads = static_cast<int>(std::min<std::int64_t>(reader.count("threads", 1), 1 << 16));
    profile.region_s = reader.cost("region_s");
    profile.exchange_s = reader.cost("exchange_s");
    profile.panel_s = reader.cost("panel_s");
    profile.vector_numbers = reader.count("vector_numbers", 1);
    profile.tile_rows = reader.count("tile_rows", 1);
    profile.element_s = reader.cost("element_s");
    profile.norm_row_s = reader.cost("norm_row_s");
    profile.rotation_s = reader.cost("rotation_s");
    profile.routing_s = reader.cost("routing_s");
    profile.activation_s = reader.cost("activation_s");
    profile.packing_s = reader.cost("packing_s");
    profile.spread = reader.cost("spread");
    reader.each("reading", [&](ComputerReader& point) {
        profile.reading.push_back(
            {point.format(), point.count("bytes", 1), point.positive("bytes_per_s")});
    });
    reader.each("products", [&](ComputerReader& point) {
        profile.products.push_back({point.format(), point.count("rows", 1), point.count("in", 1),
                                    point.positive("flops_per_s")});
    });
    reader.each("attention", [&](ComputerReader& point) {
        profile.attention.push_back({point.count("head_dim", 1), point.count("keys", 1),
                                     point.count("together", 1), point.flag("is_tile"),
                                     point.positive("pair_s")});
    });
    const auto has_fp32 = [](const auto& points) {
        return std::any_of(points.begin(), points.end(),
                           [](const auto& point) { return point.format == NumberFormat::Fp32; });
    };
    if (!has_fp32(profile.reading) || !has_fp32(profile.products)) {
        reader.fail("reading, products", computer_says<"points-in-fp32">());
    }
    if (error) {
        error->file = file;
        return *error;
    }
    return profile;
}

std::string write_computer(const ComputerProfile& profile) {
    json root{{"version", file_version},
              {"processor", profile.processor},
              {"threads", profile.threads},
              {"vector_numbers", profile.vector_numbers},
              {"tile_rows", profile.tile_rows},
              {"region_s", profile.region_s},
              {"exchange_s", profile.exchange_s},
              {"panel_s", profile.panel_s},
              {"element_s", profile.element_s},
              {"norm_row_s", profile.norm_row_s},
              {"rotation_s", profile.rotation_s},
              {"routing_s", profile.routing_s},
              {"activation_s", profile.activation_s},
              {"packing_s", profile.packing_s},
              {"spread", profile.spread}};
    root["reading"] = json::array();
    for (const ReadingPoint& point : profile.reading) {
        root["reading"].push_back({{"format", to_string(point.format)},
                                   {"bytes", point.bytes},
                                   {"bytes_per_s", point.bytes_per_s}});
    }
    root["products"] = json::array();
    for (const ProductPoint& point : profile.products) {
        root["products"].push_back({{"format", to_string(point.format)},
                                    {"rows", point.rows},
                                    {"in", point.in},
                                    {"flops_per_s", point.flops_per_s}});
    }
    root["attention"] = json::array();
    for (const AttentionPoint& point : profile.attention) {
        root["attention"].push_back({{"head_dim", point.head_dim},
                                     {"keys", point.keys},
                                     {"together", point.together},
                                     {"is_tile", point.is_tile},
                                     {"pair_s", point.pair_s}});
    }
    return root.dump(2) + "\n";
}

} // namespace headroom
