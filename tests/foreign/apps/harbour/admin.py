from django.contrib import admin

from .models import Boat, Guest


@admin.register(Boat)
class BoatAdmin(admin.ModelAdmin):
    list_display = ['name', 'kind', 'length', 'is_ready']
    list_filter = ['kind', 'is_ready']
    search_fields = ['name', 'notes']
    fieldsets = [(None, {'fields': ['name', 'kind', 'length', 'is_ready']}), ('Upkeep', {'fields': ['last_check', 'notes'], 'classes': ['collapse']})]


@admin.register(Guest)
class GuestAdmin(admin.ModelAdmin):
    filter_horizontal = ['favourites']
