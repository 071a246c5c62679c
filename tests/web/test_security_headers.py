"""The headers of every answer."""

from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from jingkai.web.middleware import SecurityHeaders


def answered(response=None):
    middleware = SecurityHeaders(lambda _request: response or HttpResponse())
    return middleware(RequestFactory().get("/"))


def test_the_content_policy_allows_nothing_inline():
    policy = answered()["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_nobody_may_embed_the_pages_unless_named():
    assert "frame-ancestors 'none'" in answered()["Content-Security-Policy"]


@override_settings(FRAME_ANCESTORS="https://workbench.example.gov.cn")
def test_a_named_workbench_may_embed_the_pages():
    policy = answered()["Content-Security-Policy"]

    assert policy.endswith("frame-ancestors https://workbench.example.gov.cn")


def test_the_other_headers_are_set():
    response = answered()

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_header_that_a_view_has_set_stays():
    response = answered(HttpResponse(headers={"Referrer-Policy": "no-referrer"}))

    assert response["Referrer-Policy"] == "no-referrer"
