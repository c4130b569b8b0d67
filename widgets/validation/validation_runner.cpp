// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/validation/validation_runner.h"

#include <QStandardPaths>

#include <chrono>
#include <optional>

namespace headroom::ui {

namespace {

using Clock = std::chrono::steady_clock;

/// News of a run is for eyes: this often at most, unless there is a new measurement or stage, which
/// may be a long one. While times are measured drawing is rarer, since it takes a core.
constexpr std::chrono::milliseconds news_interval{40};
constexpr std::chrono::milliseconds news_interval_of_timing{200};

} // namespace

ValidationRunner::~ValidationRunner() {
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

QString ValidationRunner::computerFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
           QStringLiteral("/headroom");
}

void ValidationRunner::runDesign(const QString& name, const ModelConfig& config,
                                 const ValidationOptions& options) {
    start([name = name.toStdString(), config, options](const ValidationListener& listener,
                                                       const std::stop_token& stop) {
        return validate_design(name, config, options, listener, stop);
    });
}

void ValidationRunner::runCheckpoint(const QString& folder, const ValidationOptions& options) {
    start([path = std::filesystem::path(folder.toStdString()),
           options](const ValidationListener& listener, const std::stop_token& stop) {
        return validate_checkpoint(path, options, listener, stop);
    });
}

void ValidationRunner::cancel() {
    m_thread.request_stop();
}

void ValidationRunner::start(Work work) {
    if (m_running) {
        return;
    }
    m_running = true;
    m_thread = std::jthread([this, work = std::move(work)](const std::stop_token& stop) {
        Clock::time_point told;
        std::size_t rows = 0;
        std::optional<ValidationStage> stage;
        const auto listener = [&](const ValidationProgress& progress,
                                  const ValidationReport& report) {
            const Clock::time_point now = Clock::now();
            if (report.measured_rows() == rows && stage == progress.stage &&
                now - told <
                    (stage == ValidationStage::Timing ? news_interval_of_timing : news_interval)) {
                return;
            }
            told = now;
            rows = report.measured_rows();
            stage = progress.stage;
            QMetaObject::invokeMethod(
                this,
                [this, progress, copy = std::make_shared<const ValidationReport>(report)] {
                    if (m_running) {
                        emit progressed(progress, copy);
                    }
                },
                Qt::QueuedConnection);
        };
        auto report = std::make_shared<const ValidationReport>(work(listener, stop));
        QMetaObject::invokeMethod(
            this,
            [this, report] {
                m_running = false;
                emit finished(report);
            },
            Qt::QueuedConnection);
    });
}

} // namespace headroom::ui
