"""People in the admin. Roles are groups that code keeps: they are chosen here, not edited."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminSelectWidget

from accounts import admin_mail, by_organiser  # noqa: F401 (registers the mails)
from accounts.admin_base import ExpoAdmin
from accounts.models import User
from accounts.roles import STAFF_ROLES, Role

for model in (Group, EmailAddress, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class AddressOfOne(forms.ModelForm):
    """Small letters, and nobody else's: allauth keeps more addresses of a person than the one at the user."""

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if by_organiser.is_taken(email, self.instance if self.instance.pk else None):
            raise forms.ValidationError(_("Alamat ini sudah dipakai akun lain."))
        return email


class PersonForm(AddressOfOne, UserChangeForm):
    language = forms.ChoiceField(label=_("Bahasa"), choices=settings.LANGUAGES, widget=UnfoldAdminSelectWidget)


class PersonCreationForm(AddressOfOne, UserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


class PasswordByOrganiserForm(AdminPasswordChangeForm):
    """A password that somebody else sets: the person is told, or would not know who can sign in."""

    @transaction.atomic
    def save(self, commit=True):
        user = super().save(commit)
        by_organiser.tell_password(user)
        return user


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ExpoAdmin):
    form = PersonForm
    add_form = PersonCreationForm
    change_password_form = PasswordByOrganiserForm
    list_display = ["email", "name", "role_names", "is_active", "last_login"]
    list_filter = ["groups", "is_staff", "is_active"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    actions = ["remove_second_factor"]
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "language"]}),
        (_("Peran"), {"fields": ["groups", "is_active", "is_superuser"]}),
        (_("Riwayat"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["email", "name", "password1", "password2"]})]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []

    def has_delete_permission(self, request, obj=None):
        return False  # what people did stays theirs; who leaves is made inactive

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("peran"))
    def role_names(self, user):
        names = {group.name for group in user.groups.all()}
        return ", ".join(str(role.label) for role in Role if role.value in names)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups" and field is not None:
            field.label, field.help_text = _("Peran"), ""
            field.widget = UnfoldAdminCheckboxSelectMultipleWidget(choices=field.choices)
            field.label_from_instance = lambda group: Role(group.name).label if group.name in Role else group.name
        return field

    def save_model(self, request, obj, form, change):
        before = form.initial.get("email", "") if change else ""
        super().save_model(request, obj, form, change)
        by_organiser.settle_address(obj, before=before)
        if obj == request.user:
            update_session_auth_hash(request, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        user = form.instance
        works_here = user.is_superuser or user.groups.filter(name__in=STAFF_ROLES).exists()
        if user.is_staff != works_here:
            user.is_staff = works_here
            user.save(update_fields=["is_staff"])

    @admin.action(description=_("Hapus verifikasi dua langkah (ponsel hilang)"), permissions=["change"])
    def remove_second_factor(self, request, queryset):
        for user in queryset:
            if by_organiser.remove_second_factor(user):
                self.log_change(request, user, gettext("Verifikasi dua langkah dihapus."))
        messages.success(request, _("Verifikasi dua langkah dihapus; saat masuk berikutnya harus dipasang lagi."))
