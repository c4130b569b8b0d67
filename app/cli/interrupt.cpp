// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include <cstdlib>

namespace headroom::cli {

Interrupt::Interrupt() {
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt, &m_before);
    m_watch = std::thread([this, interrupt] {
        constexpr int ended_by_interrupt = 128 + SIGINT;
        int signal = 0;
        while (sigwait(&interrupt, &signal) == 0 && !m_over) {
            if (!m_source.request_stop()) {
                std::_Exit(ended_by_interrupt);
            }
        }
    });
}

Interrupt::~Interrupt() {
    m_over = true;
    pthread_kill(m_watch.native_handle(), SIGINT);
    m_watch.join();
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

} // namespace headroom::cli
