"""Who may do what in the back office: four roles, each a group with its permissions.

Permissions are named as text (``app.codename``): this room is below those that define them.
``create_roles`` may be run as often as wanted; what an administrator added by hand stays.
"""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from traza.foundation.models import ReviewTask

#: What every person of the staff may look at.
READ_ALL = (
    "wagtailadmin.access_admin",
    "indicators.view_indicator",
    "indicators.view_series",
    "indicators.view_source",
    "indicators.view_unit",
    "indicators.view_codelist",
    "indicators.view_code",
    "indicators.view_importjob",
    "publishing.view_topic",
    "publishing.view_release",
    "publishing.view_silence",
    "places.view_place",
    "places.view_placename",
    "places.view_membership",
    "participation.view_message",
    "bulletin.view_issue",
    "site.view_archiveentry",
)
#: What was published before is a list that whoever writes pages keeps.
WRITE_ARCHIVE = ("site.add_archiveentry", "site.change_archiveentry")
#: An electoral silence is set by who answers for what comes out.
SILENCE = ("publishing.add_silence", "publishing.change_silence")
#: Attending to what people send; who wrote is seen only by who attends to it.
ATTEND = ("participation.answer_message", "participation.view_identity")
#: Attending to who asked for mail; the whole address is seen by the same people.
SUBSCRIBERS = (
    "bulletin.view_subscriber",
    "bulletin.manage_subscriber",
    "bulletin.view_address",
)
WRITE_CATALOGUE = (
    "indicators.add_indicator",
    "indicators.change_indicator",
    "indicators.add_series",
    "indicators.change_series",
    "indicators.add_source",
    "indicators.change_source",
    "indicators.add_unit",
    "indicators.change_unit",
    "indicators.add_codelist",
    "indicators.change_codelist",
    "indicators.add_code",
    "indicators.change_code",
)
FILES = ("add_image", "change_image", "choose_image", "add_document", "choose_document")


@dataclass(frozen=True)
class Role:
    """A role: the name of its group and what it may do.

    ``pages`` are Wagtail page permissions from the root of the tree; ``files`` are permissions on
    the root collection of images and documents.
    """

    code: str
    name: str
    does: str
    permissions: tuple[str, ...]
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = field(default=FILES)


ANALYST = Role(
    code="analyst",
    name="Analista",
    does="Captura: sube archivos, corrige renglones, redacta fichas y páginas, y las envía.",
    permissions=(
        *READ_ALL,
        *WRITE_CATALOGUE,
        *WRITE_ARCHIVE,
        "bulletin.add_issue",
        "bulletin.change_issue",
        "indicators.add_importjob",
        "indicators.change_importjob",
        "indicators.submit_import",
    ),
    pages=("add_page", "change_page"),
)
REVIEWER = Role(
    code="reviewer",
    name="Revisión",
    does="Aprueba o devuelve lo que otra persona capturó.",
    permissions=(
        *READ_ALL,
        "indicators.change_indicator",
        "indicators.publish_indicator",
        "indicators.lock_indicator",
        "indicators.unlock_indicator",
        "indicators.approve_import",
        "bulletin.change_issue",
        "bulletin.publish_issue",
        "bulletin.lock_issue",
        "bulletin.unlock_issue",
        "foundation.view_auditentry",
    ),
    pages=("change_page", "lock_page"),
)
PUBLISHER = Role(
    code="publisher",
    name="Publicación",
    does="Publica y retira páginas, fichas y entregas; ordena temas y lugares; responde mensajes.",
    permissions=(
        *READ_ALL,
        *WRITE_CATALOGUE,
        *WRITE_ARCHIVE,
        "indicators.publish_indicator",
        "indicators.lock_indicator",
        "indicators.unlock_indicator",
        "indicators.withdraw_release",
        "bulletin.add_issue",
        "bulletin.change_issue",
        "bulletin.publish_issue",
        "bulletin.lock_issue",
        "bulletin.unlock_issue",
        *SUBSCRIBERS,
        "publishing.add_topic",
        "publishing.change_topic",
        "places.add_place",
        "places.change_place",
        "places.add_placename",
        "places.change_placename",
        "places.add_membership",
        "places.change_membership",
        *SILENCE,
        *ATTEND,
        "foundation.view_auditentry",
    ),
    pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    files=(*FILES, "change_document", "delete_image", "delete_document"),
)
ADMINISTRATOR = Role(
    code="administrator",
    name="Administración",
    does="Da de alta y de baja a las personas y cuida los datos del instituto.",
    permissions=(
        *READ_ALL,
        "foundation.view_auditentry",
        "foundation.change_institute",
        *SILENCE,
        *ATTEND,
        "participation.erase_identity",
        "participation.add_privacynotice",
        *SUBSCRIBERS,
        "bulletin.erase_subscriber",
        "bulletin.add_consent",
        "foundation.view_mailmessage",
        "foundation.manage_mailmessage",
        "auth.add_user",
        "auth.change_user",
        "auth.view_user",
    ),
    pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    files=(*FILES, "change_document", "delete_image", "delete_document"),
)

ROLES = (ANALYST, REVIEWER, PUBLISHER, ADMINISTRATOR)

WORKFLOW_NAME = "Revisión"
#: What is not a page and comes out by somebody's approval.
REVIEWED = (("indicators", "indicator"), ("bulletin", "issue"))
#: Groups and workflow that Wagtail makes for itself; retired while nobody is in them.
WAGTAIL_GROUPS = ("Moderators", "Editors")
WAGTAIL_WORKFLOW = "Moderators approval"


@dataclass
class RolesReport:
    """What ``create_roles`` did: groups made anew, and permissions that no room defines."""

    created: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@transaction.atomic
def create_roles() -> RolesReport:
    """Make the four groups, give each its permissions, and set up the review workflow."""
    report = RolesReport()
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role in ROLES:
        group, created = Group.objects.get_or_create(name=role.name)
        if created:
            report.created.append(role.name)
        report.unknown += [name for name in role.permissions if name not in known]
        group.permissions.add(*(known[name] for name in role.permissions if name in known))
        _grant_on_trees(group, role)
    report.unknown = sorted(set(report.unknown))
    _create_workflow()
    _retire_wagtail_defaults()
    return report


def group_of(role: Role) -> Group:
    """Return the group of a role; it exists once ``create_roles`` has run."""
    return Group.objects.get(name=role.name)


def _grant_on_trees(group: Group, role: Role) -> None:
    root_page = Page.get_first_root_node()
    root_collection = Collection.get_first_root_node()
    page_type = ContentType.objects.get_for_model(Page)
    for codename in role.pages if root_page is not None else ():
        permission = Permission.objects.get(content_type=page_type, codename=codename)
        GroupPagePermission.objects.get_or_create(
            group=group, page=root_page, permission=permission
        )
    for codename in role.files if root_collection is not None else ():
        permission = Permission.objects.get(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename=codename
        )
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root_collection, permission=permission
        )


def _create_workflow() -> None:
    """Give pages, cards and issues one step of review by whoever may publish them."""
    workflow = Workflow.objects.filter(name=WORKFLOW_NAME).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW_NAME)
        task = ReviewTask.objects.create(name="Revisar y publicar")
        task.groups.add(group_of(REVIEWER), group_of(PUBLISHER))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        root_page = Page.get_first_root_node()
        if root_page is not None:
            WorkflowPage.objects.update_or_create(page=root_page, defaults={"workflow": workflow})
    # What came with a later version is reviewed too; what an administrator chose stays.
    for label, model in REVIEWED:
        kind = ContentType.objects.filter(app_label=label, model=model).first()
        if kind is not None:
            WorkflowContentType.objects.get_or_create(
                content_type=kind, defaults={"workflow": workflow}
            )


def _retire_wagtail_defaults() -> None:
    for group in Group.objects.filter(name__in=WAGTAIL_GROUPS):
        if not group.user_set.exists():
            group.delete()
    unused = Workflow.objects.filter(name=WAGTAIL_WORKFLOW, active=True)
    for workflow in unused:
        if not workflow.workflow_states.exists() and not workflow.workflow_pages.exists():
            workflow.delete()
