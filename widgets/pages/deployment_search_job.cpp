// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/deployment_search_job.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QPointer>
#include <QThreadPool>

#include <utility>

namespace headroom::ui {

namespace {

constexpr int patience_ms = 8; ///< a frame has room for a search of this length

} // namespace

DeploymentSearchJob::DeploymentSearchJob(QObject* parent)
    : QObject(parent) {}

DeploymentSearchJob::~DeploymentSearchJob() {
    cancel();
}

void DeploymentSearchJob::cancel() {
    if (m_cancelled) {
        *m_cancelled = true;
        m_cancelled.reset();
    }
}

void DeploymentSearchJob::start(ModelSpec spec, const Scenario& scenario,
                                const DeviceProfile& device, const DeploymentTarget& target) {
    cancel();
    QElapsedTimer clock;
    clock.start();
    const auto result = find_deployments(spec, scenario, device, target,
                                         [&] { return clock.elapsed() >= patience_ms; });
    if (!result || !result->cancelled) {
        m_result = result;
        emit finished();
        return;
    }
    m_cancelled = std::make_shared<std::atomic<bool>>(false);
    // The worker knows copies alone; a result whose search was cancelled is dropped on arrival.
    QThreadPool::globalInstance()->start([spec = std::move(spec), scenario, device, target,
                                          flag = m_cancelled,
                                          self = QPointer<DeploymentSearchJob>(this)] {
        auto found =
            find_deployments(spec, scenario, device, target, [&flag] { return flag->load(); });
        if (flag->load()) {
            return; // the job may be gone
        }
        QMetaObject::invokeMethod(
            qApp,
            [self, flag, found = std::move(found)] {
                if (self && !flag->load() && self->m_cancelled == flag) {
                    self->m_cancelled.reset();
                    self->m_result = found;
                    emit self->finished();
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace headroom::ui
