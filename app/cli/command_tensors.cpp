// SPDX-License-Identifier: GPL-3.0-or-later
// headroom tensors MODEL
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "core/accounting/parameters.h"
#include "core/accounting/tensor_table.h"

#include <array>

namespace headroom::cli {

namespace {

constexpr std::array tensorsOptions{
    OptionSpec{"--layer", "N", "only the weights of one layer (from 0)"},
};

std::string_view usageName(Usage usage) {
    switch (usage) {
    case Usage::EveryToken:
        return "every token";
    case Usage::Lookup:
        return "lookup";
    case Usage::Routed:
        return "routed";
    case Usage::Buffer:
        return "buffer";
    case Usage::Never:
        return "never";
    }
    return {};
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
    }
    return text + "]";
}

int runTensors(const Arguments& arguments) {
    const LoadedModel model = loadModel(arguments.positional()[0], arguments.values("--set"));
    const auto layer = arguments.integer("--layer", 0, std::int64_t{1} << 20);
    if (layer && *layer >= model.spec.num_layers()) {
        throw Failure{BadInput, "--layer: found " + std::to_string(*layer) +
                                    ", expected a layer from 0 to " +
                                    std::to_string(model.spec.num_layers() - 1)};
    }
    valueOrFail(count_parameters(model.spec),
                arguments.positional()[0]); // 64 bits hold every count
    const bool json = arguments.has("--json");
    Json list = Json::array();
    TextTable table({Align::Left, Align::Left, Align::Left, Align::Left, Align::Right});
    table.add({"name", "shape", "role", "read", "parameters"});
    table.rule();
    std::int64_t count = 0;
    std::int64_t sum = 0;
    for (const NamedTensor& tensor : list_tensors(model.spec)) {
        if (layer && tensor.layer != *layer) {
            continue;
        }
        ++count;
        sum += tensor.parameters;
        if (json) {
            const Json number = tensor.layer < 0 ? Json(nullptr) : Json(tensor.layer);
            list.push_back({{"name", tensor.name},
                            {"shape", tensor.shape},
                            {"role", to_string(tensor.role)},
                            {"layer", number},
                            {"parameters", tensor.parameters},
                            {"usage", usageName(tensor.usage)}});
        } else {
            table.add({tensor.name, shapeText(tensor.shape), std::string(to_string(tensor.role)),
                       std::string(usageName(tensor.usage)), grouped(tensor.parameters)});
        }
    }
    if (json) {
        printJson(Json{{"tensors", list}});
    } else {
        table.rule();
        table.add({grouped(count) + " tensors", "", "", "", grouped(sum)});
        printText(table.text());
    }
    return Done;
}

} // namespace

const Command& tensorsCommand() {
    static const Command command{
        "tensors",
        "MODEL",
        "lists every weight under the name that the Hub's checkpoints give it",
        "The list holds buffers too (read: buffer); `analyze` counts them apart from the total.",
        1,
        1,
        {tensorsOptions, editOptions(), jsonOption()},
        runTensors,
    };
    return command;
}

} // namespace headroom::cli
