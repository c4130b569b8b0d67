// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/thread_pool.h"

#include <algorithm>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

namespace headroom {
namespace {

/// Spins of a waiting thread before it sleeps: some 20 to 50 microseconds, longer than the gaps
/// between two regions of one token and shorter than a scheduler's time slice.
constexpr int spin_limit = 2000;

void pause_core() {
#if defined(__x86_64__) || defined(__i386__)
    _mm_pause();
#elif defined(__aarch64__)
    asm volatile("yield" ::: "memory");
#endif
}

/// Waits until `value` differs from `old`, spinning first.
template <class T>
T wait_for_change(std::atomic<T>& value, T old) {
    for (int i = 0; i < spin_limit; ++i) {
        const T now = value.load(std::memory_order_acquire);
        if (now != old) {
            return now;
        }
        pause_core();
    }
    value.wait(old, std::memory_order_acquire);
    return value.load(std::memory_order_acquire);
}

} // namespace

int ThreadPool::resolve(int threads) {
    const int hardware = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return threads < 1 ? hardware : threads;
}

ThreadPool::ThreadPool(int threads)
    : m_size(resolve(threads))
    , m_shares(static_cast<std::size_t>(m_size)) {
    m_threads.reserve(static_cast<std::size_t>(m_size - 1));
    for (int worker = 1; worker < m_size; ++worker) {
        m_threads.emplace_back([this, worker] { worker_loop(worker); });
    }
}

ThreadPool::~ThreadPool() {
    m_stop.store(true, std::memory_order_relaxed);
    m_generation.fetch_add(1, std::memory_order_release);
    m_generation.notify_all();
    for (std::thread& thread : m_threads) {
        thread.join();
    }
}

void ThreadPool::dispatch(Function function, void* context) {
    m_function = function;
    m_context = context;
    m_pending.store(m_size - 1, std::memory_order_relaxed);
    m_generation.fetch_add(1, std::memory_order_release);
    m_generation.notify_all();
    function(context, 0);
    for (std::int32_t left = m_pending.load(std::memory_order_acquire); left != 0;) {
        left = wait_for_change(m_pending, left);
    }
}

void ThreadPool::worker_loop(int worker) {
    std::uint32_t seen = 0;
    for (;;) {
        std::uint32_t now = seen;
        while (now == seen) {
            now = wait_for_change(m_generation, seen);
        }
        seen = now;
        if (m_stop.load(std::memory_order_relaxed)) {
            return;
        }
        m_function(m_context, worker);
        if (m_pending.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            m_pending.notify_one();
        }
    }
}

} // namespace headroom
