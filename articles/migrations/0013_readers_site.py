"""What the readers' site needs: its identity and pages, rights of notices for machines, feeds, sources, conversion."""

from importlib import import_module

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

_guards = import_module("articles.migrations.0008_publications_stay")


def _on_sqlite(change):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            change(apps, schema_editor)

    return run


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0012_search_initials'),
    ]

    operations = [
        migrations.AddField(
            model_name='copyrightnotice',
            name='data_mining',
            field=models.CharField(blank=True, choices=[('', 'as the site says'), ('reserved', 'reserved'), ('allowed', 'allowed')], max_length=8, verbose_name='text and data mining'),
        ),
        migrations.AddField(
            model_name='copyrightnotice',
            name='feeds',
            field=models.CharField(choices=[('full', 'the whole text'), ('summary', 'headline and summary'), ('headline', 'the headline only')], default='summary', max_length=8, verbose_name='in feeds'),
        ),
        migrations.AddField(
            model_name='copyrightnotice',
            name='licensing_url',
            field=models.URLField(blank=True, help_text='For whoever wants to use the story.', max_length=300, verbose_name='where to get a licence'),
        ),
        # SQLite makes the table anew for a column, and its triggers go with the old one.
        migrations.RunPython(_on_sqlite(_guards.unguard), _on_sqlite(_guards.guard)),
        migrations.AddField(
            model_name='publication',
            name='noindex',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(_on_sqlite(_guards.guard), _on_sqlite(_guards.unguard)),
        migrations.AddField(
            model_name='story',
            name='digital_source_type',
            field=models.CharField(blank=True, choices=[('', 'people'), ('compositeWithTrainedAlgorithmicMedia', 'people with the help of AI'), ('trainedAlgorithmicMedia', 'AI')], help_text='Readers are told when a machine wrote a story, or a part of it.', max_length=40, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='story',
            name='noarchive',
            field=models.BooleanField(default=False, verbose_name='ask search engines to keep no copy'),
        ),
        migrations.AddField(
            model_name='story',
            name='noindex',
            field=models.BooleanField(default=False, verbose_name='ask search engines to leave it out'),
        ),
        migrations.CreateModel(
            name='ConversionTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('simplified', models.CharField(max_length=60, unique=True, verbose_name='in simplified characters')),
                ('traditional', models.CharField(max_length=60, verbose_name='in traditional characters')),
            ],
            options={
                'verbose_name': 'conversion term',
                'verbose_name_plural': 'conversion terms',
                'ordering': ['simplified'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('simplified', ''), _negated=True), models.Q(('traditional', ''), _negated=True)), name='conversion_term_has_both_forms')],
            },
        ),
        migrations.CreateModel(
            name='SiteIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, help_text='Without one, SITE_NAME from the settings is used.', max_length=60, verbose_name='name')),
                ('name_traditional', models.CharField(blank=True, help_text='Without one, the name is converted.', max_length=60, verbose_name='name in traditional characters')),
                ('name_english', models.CharField(blank=True, help_text='Shown on English pages.', max_length=60, verbose_name='name in English')),
                ('tagline', models.CharField(blank=True, help_text='One sentence, for search engines and feeds.', max_length=160, verbose_name='description')),
                ('publisher', models.CharField(blank=True, help_text='The company or office that answers for the site.', max_length=120, verbose_name='publisher')),
                ('accent', models.CharField(default='#a3191e', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}\\Z', 'Give a colour as # and six digits or letters a–f, such as #a3191e.')], verbose_name='accent colour')),
                ('accent_on_dark', models.CharField(default='#ff8f7d', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}\\Z', 'Give a colour as # and six digits or letters a–f, such as #a3191e.')], verbose_name='accent colour on dark paper')),
                ('paragraphs', models.CharField(choices=[('indented', 'indented by two characters'), ('spaced', 'separated by a blank line')], default='indented', max_length=8, verbose_name='paragraphs of Chinese text')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='mail address for readers')),
                ('security_contact', models.EmailField(blank=True, help_text='Published in security.txt.', max_length=254, verbose_name='mail address for reports of security problems')),
                ('reserves_data_mining', models.BooleanField(default=True, help_text='What machines are told where the copyright notice of a source says nothing else.', verbose_name='text and data mining is reserved')),
                ('data_mining_policy', models.URLField(blank=True, help_text='How to get a licence for it.', max_length=300, verbose_name='address of the data mining policy')),
                ('updated_at', models.DateTimeField(editable=False, null=True, verbose_name='last changed')),
            ],
            options={
                'verbose_name': 'site identity',
                'verbose_name_plural': 'site identity',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_site_identity')],
            },
        ),
        migrations.CreateModel(
            name='FooterLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('text', models.CharField(max_length=200, verbose_name='text')),
                ('url', models.URLField(blank=True, max_length=300, verbose_name='address')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='footer_lines', to='articles.siteidentity')),
            ],
            options={
                'verbose_name': 'footer line',
                'verbose_name_plural': 'footer lines',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SitePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                ('language', models.CharField(choices=[('zh-hans', 'Simplified Chinese'), ('zh-hant', 'Traditional Chinese'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                ('body', models.TextField(blank=True, verbose_name='text')),
                ('purpose', models.CharField(blank=True, choices=[('', 'something else'), ('about', 'about us'), ('contact', 'contact'), ('imprint', 'imprint'), ('publishingPrinciples', 'publishing principles'), ('ethicsPolicy', 'ethics policy'), ('correctionsPolicy', 'corrections policy'), ('verificationFactCheckingPolicy', 'how facts are checked'), ('unnamedSourcesPolicy', 'unnamed sources policy'), ('actionableFeedbackPolicy', 'how to give feedback'), ('diversityPolicy', 'diversity policy'), ('masthead', 'who works here'), ('ownershipFundingInfo', 'owners and funding')], max_length=30, verbose_name='purpose')),
                ('live_from', models.DateTimeField(blank=True, help_text='Without a moment the page is a draft.', null=True, verbose_name='public from')),
                ('in_footer', models.BooleanField(default=True, verbose_name='linked at the foot of every page')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('updated_at', models.DateTimeField(editable=False, null=True, verbose_name='last changed')),
            ],
            options={
                'verbose_name': 'page',
                'verbose_name_plural': 'pages',
                'ordering': ['position', 'title'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('purpose', ''), _negated=True), fields=('purpose', 'language'), name='one_page_per_purpose_and_language', violation_error_message='There is a page for this purpose in this language already.')],
            },
        ),
        migrations.CreateModel(
            name='FeedListing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live_from', models.DateTimeField()),
                ('contributor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feed_listings', to='articles.contributor')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feed_listings', to='articles.publication')),
                ('section', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feed_listings', to='articles.section')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feed_listings', to='articles.source')),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feed_listings', to='articles.topic')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('section__isnull', False)), fields=['section', '-live_from', '-publication'], name='feed_by_section'), models.Index(condition=models.Q(('topic__isnull', False)), fields=['topic', '-live_from', '-publication'], name='feed_by_topic'), models.Index(condition=models.Q(('contributor__isnull', False)), fields=['contributor', '-live_from', '-publication'], name='feed_by_contributor'), models.Index(condition=models.Q(('source__isnull', False)), fields=['source', '-live_from', '-publication'], name='feed_by_source')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('contributor__isnull', True), ('section__isnull', False), ('source__isnull', True), ('topic__isnull', True)), models.Q(('contributor__isnull', True), ('section__isnull', True), ('source__isnull', True), ('topic__isnull', False)), models.Q(('contributor__isnull', False), ('section__isnull', True), ('source__isnull', True), ('topic__isnull', True)), models.Q(('contributor__isnull', True), ('section__isnull', True), ('source__isnull', False), ('topic__isnull', True)), _connector='OR'), name='feed_listing_has_one_subject'), models.UniqueConstraint(condition=models.Q(('section__isnull', False)), fields=('publication', 'section'), name='in_a_feed_once_by_section'), models.UniqueConstraint(condition=models.Q(('topic__isnull', False)), fields=('publication', 'topic'), name='in_a_feed_once_by_topic'), models.UniqueConstraint(condition=models.Q(('contributor__isnull', False)), fields=('publication', 'contributor'), name='in_a_feed_once_by_contributor'), models.UniqueConstraint(condition=models.Q(('source__isnull', False)), fields=('publication', 'source'), name='in_a_feed_once_by_source')],
            },
        ),
        migrations.CreateModel(
            name='SiteLogo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appearance', models.CharField(choices=[('light', 'on light paper'), ('dark', 'on dark paper')], max_length=5, verbose_name='appearance')),
                ('picture', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='logos', to='articles.siteidentity')),
            ],
            options={
                'verbose_name': 'logo',
                'verbose_name_plural': 'logos',
                'constraints': [models.UniqueConstraint(fields=('identity', 'appearance'), name='one_logo_per_appearance'), models.CheckConstraint(condition=models.Q(('height__gte', 1), ('width__gte', 1)), name='logo_has_a_size')],
            },
        ),
        migrations.CreateModel(
            name='SourceListing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_live_at', models.DateTimeField()),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='articles.publication')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listings', to='articles.source')),
            ],
            options={
                'indexes': [models.Index(fields=['source', '-first_live_at', '-publication'], name='listing_by_source')],
                'constraints': [models.UniqueConstraint(fields=('publication', 'source'), name='listed_once_by_source')],
            },
        ),
        migrations.AlterField(
            model_name='activity',
            name='verb',
            field=models.CharField(choices=[('created', 'created'), ('saved', 'saved'), ('published', 'published'), ('scheduled', 'scheduled'), ('withdrawn', 'withdrawn'), ('cancelled', 'cancelled a scheduled change'), ('imported', 'imported'), ('deleted', 'deleted for ever'), ('submitted', 'submitted for review'), ('sent_back', 'sent back'), ('approved', 'approved'), ('overrode', 'published in an emergency'), ('restored', 'restored an earlier version'), ('merged', 'merged with a colleague’s version'), ('binned', 'put into the bin'), ('unbinned', 'took out of the bin'), ('noted', 'wrote a note'), ('resolved', 'resolved a note'), ('made_preview_link', 'made a preview link'), ('revoked_preview_link', 'revoked a preview link'), ('check_failed', 'a check fails for what is scheduled'), ('made_list', 'made a story list'), ('changed_list', 'changed a story list'), ('saved_edition', 'saved an edition of a story list'), ('scheduled_edition', 'scheduled an edition of a story list'), ('published_edition', 'published an edition of a story list'), ('ended_edition', 'ended an edition of a story list'), ('cancelled_edition', 'cancelled an edition of a story list'), ('shared_moment', 'shared a page at a moment'), ('changed_identity', 'changed the identity of the site'), ('saved_page', 'saved a page'), ('deleted_page', 'deleted a page'), ('saved_term', 'saved a conversion term'), ('deleted_term', 'deleted a conversion term'), ('changed_notice', 'changed a copyright notice')], max_length=30, verbose_name='what'),
        ),
    ]
