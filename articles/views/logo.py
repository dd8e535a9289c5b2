"""The logo of the site, as a picture that the site itself wrote."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.models import SiteLogo
from articles.views.stylesheet import FOR_EVER


@require_safe
def logo(request: HttpRequest, appearance: str, digest: str) -> HttpResponse:
    """The logo for light or dark paper whose digest begins with `digest`. Raises Http404 for one that is not used."""
    found = SiteLogo.objects.filter(appearance=appearance, digest__startswith=digest).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.picture), content_type="image/png")
    response.headers["Cache-Control"] = FOR_EVER
    return response
