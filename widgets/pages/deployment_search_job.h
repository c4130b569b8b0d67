// SPDX-License-Identifier: GPL-3.0-or-later
// DeploymentSearchJob: "what fits" beside the window; short searches at once, long ones on a
// worker.
#pragma once

#include "core/estimate/deployment_search.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <optional>

namespace headroom::ui {

class DeploymentSearchJob : public QObject {
    Q_OBJECT

public:
    explicit DeploymentSearchJob(QObject* parent = nullptr);
    ~DeploymentSearchJob() override;

    /// Cancels what is going on and searches anew. finished() comes before this returns when the
    /// search takes a few milliseconds, otherwise later, unless it is cancelled.
    void start(ModelSpec spec, const Scenario& scenario, const DeviceProfile& device,
               const DeploymentTarget& target);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_cancelled != nullptr; }
    /// Of the last search that finished; nothing before.
    [[nodiscard]] const std::optional<Result<DeploymentSearch>>& result() const { return m_result; }

signals:
    /// result() is new.
    void finished();

private:
    std::shared_ptr<std::atomic<bool>> m_cancelled; ///< of the search that is going on
    std::optional<Result<DeploymentSearch>> m_result;
};

} // namespace headroom::ui
