"""``ncdm serve`` and ``ncdm doctor``."""

import threading
from typing import Annotated

import typer

from ncdm import settings
from ncdm.commands.console import OUT, as_json, as_table, errors_told, opened
from ncdm.serve.run import serve as run
from ncdm.serve.served import ServedMesh
from ncdm.store.doctor import examine, installation
from ncdm.store.home import Home, clear_uploads


def serve(
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="The port on loopback; 0 takes any free one. Default: NCDM_PORT or 8737.")
    ] = None,
) -> None:
    """Show the mesh in a browser on this machine. Prints a link that signs in once; until accounts exist nobody else can reach it."""
    with errors_told(), opened(new=True) as wiring:
        clear_uploads(wiring.home)
        mesh = ServedMesh(wiring)
        threading.Thread(target=mesh.warm, daemon=True).start()
        run(
            mesh,
            on_ready=lambda link: OUT.print(f"Open {link}\nThe link signs in one browser, once. Stop with Ctrl+C.", soft_wrap=True),
            port=settings.read().port if port is None else port,
        )


def doctor(
    full: Annotated[bool, typer.Option("--full", help="Also compare every kept file with its hash.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check the installation and the data folder. Ends with 1 when something is wrong."""
    with errors_told():
        home = Home(settings.read().home)
        home.check_name()
        if home.there:
            with opened() as mesh:
                found = examine(mesh.home, mesh.engine, full=full)
        else:
            found = installation(home)
    if json:
        as_json(list(found))
    else:
        as_table("Doctor", ("what", "state", "detail"), [(check.what, "ok" if check.good else "WRONG", check.detail) for check in found])
    if not all(check.good for check in found):
        raise typer.Exit(1)
