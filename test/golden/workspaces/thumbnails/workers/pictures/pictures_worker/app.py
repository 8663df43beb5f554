"""The Celery application and its settings, each with its reason. Generated; the consumers are in tasks.py."""

from celery import Celery
from kombu import Exchange, Queue

from messaging import connect

from .tasks import worker

app = Celery("pictures")
app.conf.update(
    # A task is acknowledged after its effect; by default before it begins, so that a crash would lose it.
    task_acks_late=True,
    # The task of a process that was killed goes back to its queue. Deliveries of such tasks are counted: see tasks.py.
    task_reject_on_worker_lost=True,
    # What failed is never acknowledged for that: it is published as a retry or a dead letter first, and confirmed.
    task_acks_on_failure_or_timeout=False,
    # A worker reserves no more than its processes work on, so that a long task holds no others.
    worker_prefetch_multiplier=1,
    # Tasks that wait for their time are held in memory; with so many of them a worker takes no others.
    worker_eta_task_limit=1_000,
    # The handler gets SoftTimeLimitExceeded first and can clean up; its process is killed at the hard limit. In seconds;
    # tasks.py has those of each consumer.
    task_soft_time_limit=50,
    task_time_limit=60,
    # Queues are those of the design. A name with a typing error must not become a queue that nobody reads.
    task_create_missing_queues=False,
    task_queues=[
        Queue("pictures", Exchange("", type="direct"), routing_key="pictures", no_declare=True),
    ],
    task_default_queue="pictures",
    # JSON is inert; pickle runs code of the sender.
    accept_content=["json"],
    task_serializer="json",
    # A consumer has no caller: results would fill a store that nobody reads.
    task_ignore_result=True,
    # Remote control could end or revoke tasks from anywhere, and leaves keys and queues of its own on the broker.
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    # The broker may be away for as long as it likes, from the start on; tasks at work go on meanwhile, and their
    # idempotency records keep what is handed out once more from being repeated.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    # On a busy machine a process takes longer to start than Celery's four seconds, after which it would be killed.
    worker_proc_alive_timeout=30,
    # Logs are JSON lines: see messaging/logs.py.
    worker_redirect_stdouts=False,
    # After which time a task that is not acknowledged is handed out again, in seconds: as the design says.
    # The shortest of all programs on a Redis holds, so it is written in all three places that know it.
    visibility_timeout=3_600,
    result_backend_transport_options={"visibility_timeout": 3_600},
    broker_transport_options={
        "visibility_timeout": 3_600,
        # Looked for this often, by every worker; by default only every hundred seconds.
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "unacked_restore_limit": 1_000,
        # Keys of its own, since a worker may only give back what its queues have.
        "unacked_key": "loom:pictures:unacked",
        "unacked_index_key": "loom:pictures:unacked-index",
        "unacked_mutex_key": "loom:pictures:unacked-mutex",
        # Who looks for such tasks holds a lock; a worker that is killed with it must not keep the others from looking.
        "unacked_mutex_expire": 5,
        # A silent broker is noticed.
        "socket_timeout": 10,
        "socket_connect_timeout": 5,
        "health_check_interval": 5,
    },
)
connect(app, worker)
