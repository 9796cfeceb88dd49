"""The first orgs tables."""

import sqlalchemy as sa
from alembic import op

revision = "orgs_0001"
down_revision = None
branch_labels = ("orgs",)
depends_on = ("people_0001",)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "orgs_org",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orgs_org")),
    )
    op.create_table(
        "orgs_department",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("org", sa.String(length=20), nullable=False),
        sa.Column("parent", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["org"], ["orgs_org.id"], name=op.f("fk_orgs_department_org")),
        sa.ForeignKeyConstraint(["parent"], ["orgs_department.id"], name=op.f("fk_orgs_department_parent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orgs_department")),
    )
    op.create_index(op.f("ix_orgs_department_org"), "orgs_department", ["org"], unique=False)
    op.create_table(
        "orgs_invite",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("org", sa.String(length=20), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("department", sa.String(length=20), nullable=True),
        sa.Column("room", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["org"], ["orgs_org.id"], name=op.f("fk_orgs_invite_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orgs_invite")),
        sa.UniqueConstraint("secret", name=op.f("uq_orgs_invite_secret")),
    )
    op.create_index(op.f("ix_orgs_invite_org"), "orgs_invite", ["org"], unique=False)
    op.create_table(
        "orgs_member",
        sa.Column("org", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("deactivated_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["org"], ["orgs_org.id"], name=op.f("fk_orgs_member_org")),
        sa.ForeignKeyConstraint(["person"], ["people_person.id"], name=op.f("fk_orgs_member_person")),
        sa.PrimaryKeyConstraint("org", "person", name=op.f("pk_orgs_member")),
    )
    op.create_index("ix_orgs_member_person", "orgs_member", ["person"], unique=False)
    op.create_table(
        "orgs_department_member",
        sa.Column("department", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["department"], ["orgs_department.id"], name=op.f("fk_orgs_department_member_department")),
        sa.ForeignKeyConstraint(["person"], ["people_person.id"], name=op.f("fk_orgs_department_member_person")),
        sa.PrimaryKeyConstraint("department", "person", name=op.f("pk_orgs_department_member")),
    )
    op.create_index("ix_orgs_department_member_person", "orgs_department_member", ["person"], unique=False)
