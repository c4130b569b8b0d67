// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validation/checkpoint_tensors.h"

#include "core/accounting/tensor_table.h"
#include "core/config/expand.h"
#include "core/engine/engine_sentences.h"
#include "core/engine/tensor_names.h"
#include "core/engine/tensor_source.h"

#include <optional>

namespace headroom {
namespace {

constexpr std::size_t most_issues = 8;

} // namespace

Status compare_tensors(const std::filesystem::path& folder, ValidationReport& report) {
    const Result<ModelSpec> spec = expand_layers(report.original);
    if (!spec) {
        return spec.error();
    }
    const Result<std::unique_ptr<TensorSource>> source = open_weights(folder);
    if (!source) {
        return source.error();
    }
    std::int64_t equal = 0;
    const std::vector<NamedTensor> table = list_tensors(*spec);
    for (const NamedTensor& tensor : table) {
        const std::string name = stored_name(**source, tensor.name);
        std::optional<Error> issue;
        if (!(*source)->has(name)) {
            issue = Error{{}, tensor.name, engine_says<"not-found">(shape_text(tensor.shape))};
        } else if (const auto shape = (*source)->shape(name); shape != tensor.shape) {
            issue = Error{{}, name, found_expected(shape_text(shape), shape_text(tensor.shape))};
        }
        if (!issue) {
            ++equal;
        } else if (report.tensor_issues.size() < most_issues) {
            report.tensor_issues.push_back(*std::move(issue));
        }
    }
    ValidationRow row;
    row.kind = RowKind::Tensors;
    row.predicted = row.low = row.high = static_cast<double>(table.size());
    row.measured = row.fastest = row.slowest = static_cast<double>(equal);
    report.rows.push_back(row);
    return std::monostate{};
}

} // namespace headroom
