"""The page that describes the machine door to people: drawn from the schema itself, no script and nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lipei.api.door import api
from lipei.terms.words import Words


@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """Every call with its parameters, body and answers, and the shapes they use."""
    schema: dict[str, Any] = api.get_openapi_schema()
    calls = [_call(address, verb, said) for address, verbs in schema["paths"].items() for verb, said in verbs.items()]
    shapes = [_shape(name, said) for name, said in schema["components"]["schemas"].items()]
    return render(request, "api/reference.html", {"calls": calls, "shapes": shapes, "version": schema["info"]["version"]})


def _call(address: str, verb: str, said: dict[str, Any]) -> dict[str, Any]:
    zh, _, en = said["summary"].partition(" / ")
    return {
        "id": said["operationId"], "verb": verb.upper(), "address": address, "name": Words(zh, en), "about": said.get("description", ""),
        "parameters": [{"name": p["name"], "place": p["in"], "is_needed": p.get("required", False), "kind": _kind(p["schema"])} for p in said.get("parameters", [])],
        "bodies": [{"type": kind, "shape": _kind(body["schema"])} for kind, body in said.get("requestBody", {}).get("content", {}).items()],
        "answers": [{"status": code, "shape": _kind(_first(answer))} for code, answer in said["responses"].items()],
    }


def _first(answer: dict[str, Any]) -> dict[str, Any]:
    contents = list(answer.get("content", {}).values())
    return dict(contents[0]["schema"]) if contents else {}


def _shape(name: str, said: dict[str, Any]) -> dict[str, Any]:
    needed = said.get("required", [])
    fields = [{"name": field, "kind": _kind(kind), "is_needed": field in needed} for field, kind in said.get("properties", {}).items()]
    return {"name": name, "about": said.get("description", ""), "fields": fields}


def _kind(schema: dict[str, Any]) -> str:
    """A schema in a word or two: `string`, `list of ClaimOut`, `integer or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    if schema.get("type") == "object" and schema.get("properties"):
        return ", ".join(schema["properties"])
    return " ".join(str(schema[key]) for key in ("type", "format") if key in schema)
