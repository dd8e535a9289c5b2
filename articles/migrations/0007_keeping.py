import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0006_ticker'),
    ]

    operations = [
        migrations.AddField(
            model_name='keptform',
            name='digest',
            field=models.CharField(blank=True, default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='keptform',
            name='headline',
            field=models.CharField(blank=True, default='', max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='keptform',
            name='saved_as',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='keptform',
            name='serial',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='keptform',
            name='story',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='kept_forms', to='articles.story', verbose_name='story'),
        ),
    ]
