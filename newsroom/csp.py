"""Content Security Policy under Django 6's names, on Django 5.2 as well.

Django 6 ships the middleware, the `csp_override` decorator and the CSP constants. On 5.2 the few lines below stand in
for the part this project uses: one enforced policy (`SECURE_CSP`) and its override for single views. Nonces are not
part of it, because no page here needs one. Remove the second half when Django 5.2 support ends.
"""

from __future__ import annotations

try:
    from django.middleware.csp import ContentSecurityPolicyMiddleware
    from django.utils.csp import CSP
    from django.views.decorators.csp import csp_override
except ImportError:
    from collections.abc import Callable, Mapping
    from enum import StrEnum
    from functools import wraps
    from typing import Any

    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.utils.deprecation import MiddlewareMixin

    class CSP(StrEnum):  # type: ignore[no-redef]
        """Quoted source keywords of CSP level 3."""

        NONE = "'none'"
        SELF = "'self'"
        UNSAFE_INLINE = "'unsafe-inline'"

    def _header_value(policy: Mapping[str, Any]) -> str:
        directives = []
        for directive, sources in policy.items():
            if sources is None or sources is False:
                continue
            if sources is True:
                directives.append(directive)
                continue
            listed = [sources] if isinstance(sources, str) else sources
            directives.append(" ".join([directive, *(str(source) for source in listed)]))
        return "; ".join(directives)

    class ContentSecurityPolicyMiddleware(MiddlewareMixin):  # type: ignore[no-redef]
        """Send `SECURE_CSP`, or the policy that `csp_override` put on the response."""

        def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
            policy = getattr(response, "_csp_config", getattr(settings, "SECURE_CSP", None))
            if policy and "Content-Security-Policy" not in response.headers:
                response.headers["Content-Security-Policy"] = _header_value(policy)
            return response

    def csp_override(config: Mapping[str, Any]) -> Callable:  # type: ignore[no-redef]
        """Use `config` instead of `SECURE_CSP` for the decorated view."""

        def decorate(view: Callable) -> Callable:
            @wraps(view)
            def with_policy(*args: Any, **kwargs: Any) -> HttpResponse:
                response = view(*args, **kwargs)
                response._csp_config = config
                return response

            return with_policy

        return decorate


__all__ = ["CSP", "ContentSecurityPolicyMiddleware", "csp_override"]
