"""The same tables in three stock admin sites. Each page runs in an environment of its own, without the console.

`python <page>.py prepare` makes the page's own tables in BENCH_DATABASE and prints a cookie that is logged in;
gunicorn then serves the page's `application`.
"""
