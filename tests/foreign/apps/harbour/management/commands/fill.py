from django.contrib.auth.models import User
from django.core.management.base import BaseCommand

from harbour.models import Boat, Guest


class Command(BaseCommand):
    help = 'Fills the empty database with boats, guests and a harbour master.'

    def handle(self, *args, **options):
        User.objects.create_superuser('master', 'master@harbour.example', 'Anchor-2026')
        for name, kind, length in [('Heron', 'kayak', 4.5), ('Otter', 'kayak', 5), ('Swan', 'rowing', 6.2), ('Tern', 'sail', 8)]:
            Boat.objects.create(name=name, kind=kind, length=length, is_ready=name != 'Swan')
        Guest.objects.create(name='Ida Berg', email='ida@guests.example')
