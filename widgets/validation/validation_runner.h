// SPDX-License-Identifier: GPL-3.0-or-later
// ValidationRunner: one validation at a time on a thread of its own.
#pragma once

#include "core/validation/validation.h"

#include <QObject>
#include <QString>

#include <memory>
#include <thread>

namespace headroom::ui {

using SharedReport = std::shared_ptr<const ValidationReport>;

class ValidationRunner : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Asks the run to stop and waits for its last layer.
    ~ValidationRunner() override;

    void runDesign(const QString& name, const ModelConfig& config,
                   const ValidationOptions& options);
    void runCheckpoint(const QString& folder, const ValidationOptions& options);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running; }

    /// The folder of the user's caches that keeps the profile of this computer.
    [[nodiscard]] static QString computerFolder();

signals:
    /// On the window's thread. `soFar` has the rows found until then.
    void progressed(const headroom::ValidationProgress& progress,
                    const headroom::ui::SharedReport& soFar);
    void finished(const headroom::ui::SharedReport& report);

private:
    using Work = std::function<ValidationReport(const ValidationListener&, const std::stop_token&)>;
    void start(Work work);

    std::jthread m_thread;
    bool m_running = false;
};

} // namespace headroom::ui
