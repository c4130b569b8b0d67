// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target of the session reader: what it accepts is a state that the window can show, and
// is read again as it was written.
#include "app/session.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace headroom;
using namespace headroom::ui;

std::string checkStudy(const Study& study) {
    if (study.designs.empty() || study.designs.size() > max_designs) {
        return "a study of no or too many designs";
    }
    const Workload& w = study.scenario.workload;
    const Deployment& d = study.scenario.deployment;
    for (const std::int64_t count : {w.batch, w.prompt, w.output, w.context, d.devices,
                                     d.tensor_parallel, d.pipeline_parallel, d.expert_parallel}) {
        if (count < 1) {
            return "a scenario with a count below 1";
        }
    }
    return {};
}

std::string checkSession(const QByteArray& text) {
    const Result<Session> session = parseSession(text, QStringLiteral("fuzz"));
    if (!session) {
        return session.error().message.empty() ? "refused without a reason" : "";
    }
    const DocumentState& state = session->state;
    if (std::string problem = checkStudy(state.study); !problem.empty()) {
        return problem;
    }
    if (state.selected < 0 || state.selected >= static_cast<int>(state.study.designs.size())) {
        return "a design is selected that is not there";
    }
    if (state.reference && state.reference->designs.size() != state.study.designs.size()) {
        return "the reference has other designs";
    }
    const QByteArray written = writeSession(*session);
    const Result<Session> again = parseSession(written, QStringLiteral("again"));
    if (!again) {
        return "what was written is refused: " + again.error().text() + "\n" +
               written.toStdString();
    }
    if (!(again->state == state) || again->page != session->page ||
        again->views != session->views) {
        return "what was written reads otherwise:\n" + written.toStdString();
    }
    return {};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string problem = checkSession(
        QByteArray::fromRawData(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)));
    if (!problem.empty()) {
        std::fprintf(stderr, "%s\n", problem.c_str());
        std::abort();
    }
    return 0;
}
