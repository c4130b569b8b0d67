// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/tensor_source.h"

#include "core/engine/engine_sentences.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

namespace headroom {
namespace {

constexpr const char* single_file = "model.safetensors";
constexpr const char* shard_index = "model.safetensors.index.json";

/// Tensors that checkpoints carry and a forward pass never reads.
bool is_known_extra(const std::string& name) {
    const auto ends_with = [&](std::string_view end) { return name.ends_with(end); };
    const auto contains = [&](std::string_view part) {
        return name.find(part) != std::string::npos;
    };
    return ends_with("rotary_emb.inv_freq") || ends_with(".attn.bias") ||
           ends_with(".attn.masked_bias") || contains("vision_tower.") ||
           contains("vision_model.") || contains("multi_modal_projector.") ||
           contains("audio_tower.") || contains("embed_audio.") || contains("embed_vision.");
}

class FileSource final : public TensorSource {
public:
    explicit FileSource(std::vector<SafetensorsFile> files)
        : m_files(std::move(files)) {
        for (const SafetensorsFile& file : m_files) {
            for (const auto& item : file.tensors()) {
                m_owner.emplace(item.first, &file);
            }
        }
    }

    bool has(const std::string& name) const override { return m_owner.contains(name); }

    std::vector<std::int64_t> shape(const std::string& name) const override {
        const auto found = m_owner.find(name);
        return found == m_owner.end() ? std::vector<std::int64_t>{}
                                      : found->second->find(name)->shape;
    }

    Status rows(const std::string& name, std::span<const std::int64_t> shape, Initial,
                const RowSink& sink) override {
        const auto found = m_owner.find(name);
        if (found == m_owner.end()) {
            return Error{m_files.front().file(), name, engine_says<"not-found">(shape_text(shape))};
        }
        const SafetensorsFile& file = *found->second;
        const TensorEntry& entry = *file.find(name);
        if (!std::equal(shape.begin(), shape.end(), entry.shape.begin(), entry.shape.end())) {
            return Error{file.file(), name,
                         engine_says<"shape">(shape_text(entry.shape), shape_text(shape))};
        }
        if (entry.type == TensorType::I64) {
            return Error{
                file.file(), name,
                engine_says<"dtype">("I64", base_says<"either">(Names{{"F32", "F16"}}, "BF16"))};
        }
        m_used.insert(name);
        return stream(file, entry, name, sink);
    }

    void ignore(const std::string& prefix) override { m_ignored.push_back(prefix); }

    Status check_all_used() const override {
        for (const auto& [name, file] : m_owner) {
            const bool ignored = std::any_of(
                m_ignored.begin(), m_ignored.end(),
                [&n = name](const std::string& prefix) { return n.starts_with(prefix); });
            if (!ignored && !m_used.contains(name) && !is_known_extra(name)) {
                return Error{file->file(), name, engine_says<"superfluous">()};
            }
        }
        return std::monostate{};
    }

private:
    Status stream(const SafetensorsFile& file, const TensorEntry& entry, const std::string& name,
                  const RowSink& sink) const {
        const std::int64_t width = entry.shape.empty() ? 1 : entry.shape.back();
        const std::int64_t count = width == 0 ? 0 : entry.count() / width;
        std::vector<float> row(static_cast<std::size_t>(width));
        const std::int64_t row_bytes = width * bytes_of(entry.type);
        constexpr std::int64_t release_every = std::int64_t{4} << 20;
        std::int64_t released = entry.begin;
        for (std::int64_t r = 0; r < count; ++r) {
            if (is_stopped()) {
                return stopped(name);
            }
            const std::byte* from = file.data(entry) + r * row_bytes;
            convert_to_floats(entry.type, from, width, row.data());
            // One sum finds a NaN or an infinity anywhere in the row: x - x is 0 for all others.
            float check = 0;
            for (const float value : row) {
                check += value - value;
            }
            if (check != 0 || std::isnan(check)) {
                const auto bad = std::find_if(row.begin(), row.end(),
                                              [](float value) { return !std::isfinite(value); });
                return Error{file.file(), name,
                             engine_says<"not-finite">(r * width + (bad - row.begin()))};
            }
            sink(r, row.data());
            const std::int64_t done = entry.begin + (r + 1) * row_bytes;
            if (done - released >= release_every || r + 1 == count) {
                file.release_pages({entry.type, {}, released, done});
                released = done;
            }
        }
        return std::monostate{};
    }

    std::vector<SafetensorsFile> m_files;
    std::map<std::string, const SafetensorsFile*, std::less<>> m_owner;
    std::set<std::string, std::less<>> m_used;
    std::vector<std::string> m_ignored;
};

class RandomSource final : public TensorSource {
public:
    explicit RandomSource(std::uint64_t seed)
        : m_seed(seed) {}
    bool has(const std::string&) const override { return true; }
    std::vector<std::int64_t> shape(const std::string&) const override { return {}; }
    void ignore(const std::string&) override {}
    Status check_all_used() const override { return std::monostate{}; }

    Status rows(const std::string& name, std::span<const std::int64_t> shape, Initial initial,
                const RowSink& sink) override {
        const std::int64_t width = shape.back();
        std::int64_t count = 1;
        for (const std::int64_t size : shape.first(shape.size() - 1)) {
            count *= size;
        }
        std::vector<float> row(static_cast<std::size_t>(width),
                               initial == Initial::Ones ? 1.0F : 0.0F);
        std::uint64_t state = m_seed ^ 0x9e3779b97f4a7c15U;
        for (const char c : name) {
            state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
        }
        for (std::int64_t r = 0; r < count; ++r) {
            if (is_stopped()) {
                return stopped(name);
            }
            if (initial != Initial::Ones && initial != Initial::Zeros) {
                fill(row, initial, state);
            }
            sink(r, row.data());
        }
        return std::monostate{};
    }

private:
    static void fill(std::vector<float>& row, Initial initial, std::uint64_t& state) {
        float squares = 0;
        for (float& value : row) {
            value = next(state);
            squares += value * value;
        }
        float factor = 1;
        if (initial == Initial::Embedding) {
            factor = 1 / matrix_deviation;
        } else if (initial == Initial::Router && squares > 0) {
            factor = matrix_deviation * std::sqrt(static_cast<float>(row.size()) / squares);
        }
        for (float& value : row) {
            value *= factor;
        }
    }

    static constexpr float matrix_deviation = 0.02F;

    /// splitmix64; the sum of four uniform 16-bit parts is close to normal, with deviation 0.02.
    static float next(std::uint64_t& state) {
        state += 0x9e3779b97f4a7c15U;
        std::uint64_t z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        z ^= z >> 31;
        const auto sum = static_cast<std::int64_t>((z & 0xffff) + ((z >> 16) & 0xffff) +
                                                   ((z >> 32) & 0xffff) + (z >> 48));
        constexpr float deviation = matrix_deviation / 37837.0F; // of the sum: 65536 * sqrt(4 / 12)
        return static_cast<float>(sum - 131070) * deviation;
    }
    std::uint64_t m_seed;
};

Result<std::vector<std::string>> shards_of(const std::filesystem::path& index) {
    std::ifstream stream(index, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("weight_map") || !json["weight_map"].is_object()) {
        return Error{index.string(), "weight_map", engine_says<"not-found">(base_says<"object">())};
    }
    std::set<std::string> names;
    for (const auto& [tensor, file] : json["weight_map"].items()) {
        if (!file.is_string()) {
            return Error{index.string(), tensor, engine_says<"file-name">()};
        }
        names.insert(file.get<std::string>());
    }
    return std::vector<std::string>(names.begin(), names.end());
}

} // namespace

bool has_weights(const std::filesystem::path& folder) {
    std::error_code ignored;
    return std::filesystem::exists(folder / single_file, ignored) ||
           std::filesystem::exists(folder / shard_index, ignored);
}

Result<std::unique_ptr<TensorSource>> open_weights(const std::filesystem::path& folder) {
    std::vector<std::string> names = {single_file};
    const std::filesystem::path index = folder / shard_index;
    std::error_code ignored;
    if (!std::filesystem::exists(folder / names.front(), ignored) &&
        std::filesystem::exists(index, ignored)) {
        Result<std::vector<std::string>> shards = shards_of(index);
        if (!shards) {
            return shards.error();
        }
        names = *std::move(shards);
    }
    std::vector<SafetensorsFile> files;
    std::set<std::string> seen;
    for (const std::string& name : names) {
        Result<SafetensorsFile> file = SafetensorsFile::open(folder / name);
        if (!file) {
            return file.error();
        }
        for (const auto& item : file->tensors()) {
            if (!seen.insert(item.first).second) {
                return Error{file->file(), item.first, engine_says<"in-two-files">()};
            }
        }
        files.push_back(*std::move(file));
    }
    if (files.empty()) {
        return Error{index.string(), "weight_map", engine_says<"lists-no-file">()};
    }
    return std::unique_ptr<TensorSource>(std::make_unique<FileSource>(std::move(files)));
}

std::unique_ptr<TensorSource> random_weights(std::uint64_t seed) {
    return std::make_unique<RandomSource>(seed);
}

} // namespace headroom
