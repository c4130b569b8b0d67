// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target of `check`: any text as a published table. Every row gets a verdict with its
// reason, or the table is refused with one.
#include "core/claims/check_table.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace headroom;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Result<CheckReport> report = check_table(text, "fuzz");
    if (!report) {
        if (report.error().message.empty()) {
            std::abort();
        }
        return 0;
    }
    for (const CheckRow& row : report->rows) {
        if (row.why.empty()) {
            std::abort();
        }
        if (row.implied_total && row.verdict == Verdict::CanBeTrue && *row.implied_total < 1) {
            std::abort();
        }
    }
    return 0;
}
